import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { BotKind, BotLanguage, BotState } from '#contracts';
import type { BotRecord } from './bot.js';

@Entity('bots')
export class BotEntity implements BotRecord {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'organization_id' }) organizationId!: string;
  @Column('text') kind!: BotKind;
  @Column('text') sealed!: string;
  @Column('text', { name: 'masked_url' }) maskedUrl!: string;
  @Column('text', { array: true }) types!: string[];
  @Column('uuid', { name: 'stop_ids', array: true, nullable: true }) stopIds!: string[] | null;
  @Column('text') language!: BotLanguage;
  @Column('text') state!: BotState;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('integer') version!: number;
  /** The number of the last message that its group has: a bigint, which the driver reads as text. */
  @Column('bigint') seq!: string;
  @Column('integer', { default: 0 }) failures!: number;
  @Column('timestamptz', { name: 'last_failure_at', nullable: true }) lastFailureAt!: Date | null;
  @Column('timestamptz', { name: 'last_success_at' }) lastSuccessAt!: Date;
  /** Nothing is tried before this after failures. */
  @Column('timestamptz', { name: 'next_at' }) nextAt!: Date;
  /** Nothing is sent before this, tests included: the robot's budget. */
  @Column('timestamptz', { name: 'budget_at' }) budgetAt!: Date;
  @Column('uuid', { name: 'lease_id', nullable: true }) leaseId!: string | null;
  @Column('timestamptz', { name: 'lease_until', nullable: true }) leaseUntil!: Date | null;
}
