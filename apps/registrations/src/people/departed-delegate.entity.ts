import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Delegate } from '../seats/delegation.js';

/** Personal data of somebody who left a delegation: pruned after days. */
@Entity('departed_delegates')
export class DepartedDelegateEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'registration_id' }) registrationId!: string;
  @Column('uuid', { name: 'delegate_id' }) delegateId!: string;
  @Column('text') name!: string;
  @Column('text') email!: string;
  @Column('text', { nullable: true }) language!: Delegate['language'];
  @Column('timestamptz', { name: 'departed_at' }) departedAt!: Date;
}
