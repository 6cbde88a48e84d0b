import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { WebhookState } from '#contracts';
import type { WebhookRecord } from './webhook.js';

@Entity('webhooks')
export class WebhookEntity implements WebhookRecord {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'organization_id', nullable: true }) organizationId!: string | null;
  @Column('uuid', { name: 'company_id', nullable: true }) companyId!: string | null;
  @Column('text') url!: string;
  @Column('text', { array: true }) types!: string[];
  @Column('uuid', { name: 'stop_ids', array: true, nullable: true }) stopIds!: string[] | null;
  @Column('text', { nullable: true }) label!: string | null;
  @Column('text') state!: WebhookState;
  @Column('integer', { name: 'secret_generation' }) secretGeneration!: number;
  @Column('timestamptz', { name: 'previous_secret_until', nullable: true }) previousSecretUntil!: Date | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('integer') version!: number;
}
