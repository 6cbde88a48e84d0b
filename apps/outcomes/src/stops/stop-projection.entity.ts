import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A stop as its own service knows it. */
@Entity('stops')
export class StopProjectionEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'tour_id' }) tourId!: string;
  @Column('uuid', { name: 'organization_id' }) organizationId!: string;
  @Column('jsonb') state!: unknown;
  @Column('integer') version!: number;
}
