import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ApiKeyRecord } from './api-key.js';

@Entity('api_keys')
export class ApiKeyEntity implements ApiKeyRecord {
  @PrimaryColumn('uuid') id!: string;
  @Column('text', { name: 'key_hash' }) keyHash!: string;
  @Column('text') role!: ApiKeyRecord['role'];
  @Column('text') label!: string;
  @Column('uuid', { name: 'organization_id', nullable: true }) organizationId!: string | null;
  @Column('uuid', { name: 'company_id', nullable: true }) companyId!: string | null;
  @Column('uuid', { name: 'stop_id', nullable: true }) stopId!: string | null;
  @Column('boolean', { name: 'from_environment', default: false }) fromEnvironment!: boolean;
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt!: Date;
  @Column('timestamptz', { name: 'expires_at', nullable: true }) expiresAt!: Date | null;
  @Column('timestamptz', { name: 'last_used_at', nullable: true }) lastUsedAt!: Date | null;
  @Column('timestamptz', { name: 'deleted_at', nullable: true }) deletedAt!: Date | null;
}
