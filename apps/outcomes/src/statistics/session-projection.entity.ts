import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Whether a session is scheduled. */
@Entity('sessions')
export class SessionProjectionEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'stop_id' }) stopId!: string;
  @Column('boolean') scheduled!: boolean;
  @Column('integer') version!: number;
}
