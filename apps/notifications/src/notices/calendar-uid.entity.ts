import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('calendar_uids')
export class CalendarUidEntity {
  @PrimaryColumn('text') uid!: string;
  @Column('uuid', { name: 'topic_id' }) topicId!: string;
  @Column('uuid', { name: 'recipient_id' }) recipientId!: string;
  @Column('text', { name: 'address_hash' }) addressHash!: string;
  @Column('integer') sequence!: number;
  @Column('text') fingerprint!: string;
  @Column('text') state!: string;
  @Column('timestamptz') since!: Date;
}
