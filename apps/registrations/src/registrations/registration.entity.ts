import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { DelegationStatus } from '../seats/delegation.js';

/** One delegation of a company at a stop. */
@Entity('registrations')
export class RegistrationEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'stop_id' }) stopId!: string;
  @Column('uuid', { name: 'company_id' }) companyId!: string;
  @Column('text') status!: DelegationStatus;
  @Column('integer') seats!: number;
  @Column('text', { nullable: true }) note!: string | null;
  @Column('text', { nullable: true }) reason!: string | null;
  @Column('text', { name: 'consent_text_version', nullable: true }) consentTextVersion!: string | null;
  @Column('timestamptz', { name: 'consent_at', nullable: true }) consentAt!: Date | null;
  @Column('integer', { name: 'queue_number', nullable: true }) queueNumber!: number | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  /** Raised with every change of the delegation's sign-ups for sessions; 0 until there was one. */
  @Column('integer', { name: 'sign_ups_version', default: 0 }) signUpsVersion!: number;
  @Column('integer') version!: number;
}
