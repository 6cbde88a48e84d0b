import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Who of a delegation signed up for which session. */
@Entity('sign_ups')
export class SignUpsEntity {
  @PrimaryColumn('uuid', { name: 'registration_id' }) registrationId!: string;
  @Column('uuid', { name: 'stop_id' }) stopId!: string;
  @Column('jsonb', { name: 'sign_ups' }) signUps!: unknown;
  @Column('integer') version!: number;
}
