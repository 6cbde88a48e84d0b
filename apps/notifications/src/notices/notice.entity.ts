import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('notices')
export class NoticeEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') kind!: string;
  @Column('smallint') priority!: number;
  @Column('text') recipient!: string;
  @Column('text') occurrence!: string;
  @Column('uuid', { name: 'organization_id' }) organizationId!: string;
  @Column('uuid', { name: 'stop_id', nullable: true }) stopId!: string | null;
  @Column('uuid', { name: 'registration_id', nullable: true }) registrationId!: string | null;
  @Column('uuid', { name: 'company_id', nullable: true }) companyId!: string | null;
  @Column('uuid', { name: 'delegate_id', nullable: true }) delegateId!: string | null;
  @Column('uuid', { name: 'session_id', nullable: true }) sessionId!: string | null;
  @Column('uuid', { name: 'speaker_id', nullable: true }) speakerId!: string | null;
  @Column('uuid', { name: 'announcement_id', nullable: true }) announcementId!: string | null;
  @Column('text', { name: 'address_hash', nullable: true }) addressHash!: string | null;
  @Column('text', { name: 'domain_key', nullable: true }) domainKey!: string | null;
  @Column('jsonb') data!: object;
  @Column('text') state!: string;
  @Column('text', { nullable: true }) reason!: string | null;
  @Column('timestamptz', { name: 'due_at' }) dueAt!: Date;
  @Column('integer', { default: 0 }) attempts!: number;
  @Column('integer', { default: 0 }) uncertain!: number;
  @Column('timestamptz', { name: 'lease_until', nullable: true }) leaseUntil!: Date | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { nullable: true }) at!: Date | null;
}
