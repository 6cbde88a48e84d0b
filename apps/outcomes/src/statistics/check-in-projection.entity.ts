import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Whether a delegate has checked in. */
@Entity('check_ins')
export class CheckInProjectionEntity {
  @PrimaryColumn('uuid', { name: 'delegate_id' }) delegateId!: string;
  @Column('uuid', { name: 'registration_id' }) registrationId!: string;
  @Column('boolean', { name: 'checked_in' }) checkedIn!: boolean;
  @Column('integer') version!: number;
}
