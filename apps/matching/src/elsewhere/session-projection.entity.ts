import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A sharing session as its own service knows it. */
@Entity('sessions')
export class SessionProjectionEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'stop_id' }) stopId!: string;
  @Column('timestamptz', { name: 'starts_at', nullable: true }) startsAt!: Date | null;
  @Column('timestamptz', { name: 'ends_at', nullable: true }) endsAt!: Date | null;
  @Column('integer') version!: number;
}
