import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('mail_topics')
export class MailTopicEntity {
  @PrimaryColumn('text') family!: string;
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'organization_id' }) organizationId!: string;
  @Column('uuid', { name: 'stop_id', nullable: true }) stopId!: string | null;
  @Column('timestamptz', { name: 'due_at', nullable: true }) dueAt!: Date | null;
  @Column('jsonb', { default: () => `'{}'` }) news!: object;
  @Column('integer', { default: 1 }) revision!: number;
  @Column('jsonb', { nullable: true }) told!: object | null;
  @Column('timestamptz', { name: 'told_at', nullable: true }) toldAt!: Date | null;
  @Column('timestamptz', { name: 'lease_until', nullable: true }) leaseUntil!: Date | null;
}
