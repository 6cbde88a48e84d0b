import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { DoorPassRecord } from './door-pass.js';

@Entity('door_passes')
export class DoorPassEntity implements DoorPassRecord {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'organization_id' }) organizationId!: string;
  @Column('uuid', { name: 'stop_id' }) stopId!: string;
  @Column('text') label!: string;
  @Column('text', { name: 'pass_hash' }) passHash!: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'expires_at' }) expiresAt!: Date;
  @Column('integer', { name: 'stop_version' }) stopVersion!: number;
  @Column('timestamptz', { name: 'used_at', nullable: true }) usedAt!: Date | null;
  @Column('timestamptz', { name: 'deleted_at', nullable: true }) deletedAt!: Date | null;
}
