import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Delegate } from '../seats/delegation.js';

/** Personal data of delegates: here, and in the answers kept for repeated requests. */
@Entity('delegates')
export class DelegateEntity implements Delegate {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'registration_id' }) registrationId!: string;
  @Column('text') name!: string;
  @Column('text') email!: string;
  @Column('text', { nullable: true }) mobile!: string | null;
  @Column('text', { name: 'job_title', nullable: true }) jobTitle!: string | null;
  @Column('text', { nullable: true }) language!: Delegate['language'];
  /** What the delegate is found by: see `delegateSearchText`. No read shows it. */
  @Column('text', { name: 'search_text', default: '' }) searchText!: string;
  @Column('text', { nullable: true }) badge!: string | null;
  @Column('timestamptz', { name: 'checked_in_at', nullable: true }) checkedInAt!: Date | null;
  /** Raised with every change of the check-in; 0 until there was one. */
  @Column('integer', { name: 'check_in_version', default: 0 }) checkInVersion!: number;
}
