import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('notification_settings')
export class SettingsEntity {
  @PrimaryColumn('uuid', { name: 'organization_id' }) organizationId!: string;
  @Column('text', { name: 'reply_to', nullable: true }) replyTo!: string | null;
  @Column('text', { name: 'default_language', nullable: true }) defaultLanguage!: string | null;
  @Column('text', { name: 'calendar_mode' }) calendarMode!: string;
  @Column('text', { name: 'quiet_from', nullable: true }) quietFrom!: string | null;
  @Column('text', { name: 'quiet_to', nullable: true }) quietTo!: string | null;
  @Column('text', { array: true }) reminders!: string[];
  @Column('integer') version!: number;
}
