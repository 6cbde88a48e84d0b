import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A certificate of attendance or speaking, made out to one person. */
@Entity('certificates')
export class CertificateEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'stop_id' }) stopId!: string;
  @Column('uuid', { name: 'organization_id' }) organizationId!: string;
  @Column('text') kind!: string;
  @Column('uuid', { name: 'registration_id', nullable: true }) registrationId!: string | null;
  @Column('uuid', { name: 'delegate_id', nullable: true }) delegateId!: string | null;
  @Column('uuid', { name: 'session_id', nullable: true }) sessionId!: string | null;
  @Column('uuid', { name: 'speaker_id', nullable: true }) speakerId!: string | null;
  @Column('uuid', { name: 'company_id', nullable: true }) companyId!: string | null;
  @Column('jsonb', { name: 'session_title', nullable: true }) sessionTitle!: unknown;
  @Column('text') holder!: string;
  @Column('text') status!: string;
  @Column('text', { nullable: true }) reason!: string | null;
  @Column('uuid', { name: 'replaced_by', nullable: true }) replacedBy!: string | null;
  @Column('timestamptz', { name: 'issued_at' }) issuedAt!: Date;
  @Column('integer') version!: number;
}
