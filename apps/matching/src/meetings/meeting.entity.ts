import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A meeting of two companies, from the request on. */
@Entity('meetings')
export class MeetingEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'stop_id' }) stopId!: string;
  @Column('uuid', { name: 'tour_id' }) tourId!: string;
  @Column('uuid', { name: 'organization_id' }) organizationId!: string;
  @Column('uuid', { name: 'asker_id' }) askerId!: string;
  @Column('uuid', { name: 'asked_id' }) askedId!: string;
  @Column('uuid', { name: 'listing_id', nullable: true }) listingId!: string | null;
  @Column('text', { nullable: true }) message!: string | null;
  @Column('text') status!: string;
  @Column('text', { nullable: true }) reason!: string | null;
  @Column('text', { nullable: true }) missed!: string | null;
  @Column('timestamptz', { name: 'starts_at', nullable: true }) startsAt!: Date | null;
  @Column('timestamptz', { name: 'ends_at', nullable: true }) endsAt!: Date | null;
  @Column('integer', { name: 'table_no', nullable: true }) tableNo!: number | null;
  @Column('boolean') concealed!: boolean;
  @Column('uuid', { name: 'asker_delegate_id', nullable: true }) askerDelegateId!: string | null;
  @Column('uuid', { name: 'asked_delegate_id', nullable: true }) askedDelegateId!: string | null;
  @Column('boolean', { name: 'asker_came', default: false }) askerCame!: boolean;
  @Column('boolean', { name: 'asked_came', default: false }) askedCame!: boolean;
  @Column('timestamptz', { name: 'expires_at' }) expiresAt!: Date;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('integer') version!: number;
  /** Where it was last to take place; kept by a trigger, like the instant of its last change. */
  @Column('timestamptz', { name: 'last_starts_at', nullable: true }) lastStartsAt!: Date | null;
  @Column('timestamptz', { name: 'last_ends_at', nullable: true }) lastEndsAt!: Date | null;
  @Column('integer', { name: 'last_table_no', nullable: true }) lastTableNo!: number | null;
  /** Its slot and table while it is scheduled; kept by the same trigger. */
  @Column('timestamptz', { name: 'slot_starts_at', nullable: true }) slotStartsAt!: Date | null;
  @Column('integer', { name: 'slot_table_no', nullable: true }) slotTableNo!: number | null;
  @Column('timestamptz', { name: 'changed_at', default: () => 'now()' }) changedAt!: Date;
}
