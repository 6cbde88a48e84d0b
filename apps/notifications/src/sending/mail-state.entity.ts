import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('mail_state')
export class MailStateEntity {
  @PrimaryColumn('boolean', { default: true }) id!: boolean;
  @Column('boolean', { default: false }) held!: boolean;
}
