import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A side's yes to being known to the other. */
@Entity('consents')
export class ConsentEntity {
  @PrimaryColumn('uuid', { name: 'meeting_id' }) meetingId!: string;
  @PrimaryColumn('uuid', { name: 'company_id' }) companyId!: string;
  @Column('uuid', { name: 'delegate_id' }) delegateId!: string;
  @Column('text', { name: 'person_key' }) personKey!: string;
  @Column('text', { name: 'text_version' }) textVersion!: string;
  @Column('timestamptz', { name: 'given_at' }) givenAt!: Date;
}
