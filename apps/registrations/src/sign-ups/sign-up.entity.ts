import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A delegate's seat at a sharing session. */
@Entity('sign_ups')
export class SignUpEntity {
  @PrimaryColumn('uuid', { name: 'session_id' }) sessionId!: string;
  @PrimaryColumn('uuid', { name: 'delegate_id' }) delegateId!: string;
  @Column('uuid', { name: 'registration_id' }) registrationId!: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
}
