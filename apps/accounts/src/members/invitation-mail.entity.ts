import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('invitation_mails')
export class InvitationMailEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('text', { name: 'address_hash' }) addressHash!: string;
  @Column('timestamptz', { name: 'sent_at' }) sentAt!: Date;
}
