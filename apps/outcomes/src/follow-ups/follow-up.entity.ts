import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What two companies do together after a stop. */
@Entity('follow_ups')
export class FollowUpEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'stop_id' }) stopId!: string;
  @Column('uuid', { name: 'tour_id' }) tourId!: string;
  @Column('uuid', { name: 'organization_id' }) organizationId!: string;
  @Column('uuid', { name: 'meeting_id', nullable: true }) meetingId!: string | null;
  @Column('uuid', { name: 'company_a' }) companyA!: string;
  @Column('uuid', { name: 'company_b' }) companyB!: string;
  @Column('text') subject!: string;
  @Column('text') stage!: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('integer') version!: number;
}
