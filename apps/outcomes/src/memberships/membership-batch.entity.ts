import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Members of an alliance that are announced together. */
@Entity('membership_batches')
export class MembershipBatchEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'tour_id' }) tourId!: string;
  @Column('uuid', { name: 'organization_id' }) organizationId!: string;
  @Column('uuid', { name: 'stop_id', nullable: true }) stopId!: string | null;
  @Column('jsonb') alliance!: unknown;
  @Column('text') series!: string;
  @Column('timestamptz', { name: 'announced_at', nullable: true }) announcedAt!: Date | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('integer') version!: number;
}
