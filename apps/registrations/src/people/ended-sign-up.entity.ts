import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A sign-up that ended with its session: pruned after days. */
@Entity('ended_sign_ups')
export class EndedSignUpEntity {
  @PrimaryColumn('uuid', { name: 'session_id' }) sessionId!: string;
  @PrimaryColumn('uuid', { name: 'delegate_id' }) delegateId!: string;
  @Column('uuid', { name: 'registration_id' }) registrationId!: string;
  @Column('timestamptz', { name: 'ended_at' }) endedAt!: Date;
}
