import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SignInCodeRecord } from './sign-in-code.js';

@Entity('sign_in_codes')
export class SignInCodeEntity implements SignInCodeRecord {
  @PrimaryColumn('uuid') id!: string;
  @Column('text', { name: 'address_hash' }) addressHash!: string;
  @Column('text', { nullable: true }) email!: string | null;
  @Column('text', { nullable: true }) language!: SignInCodeRecord['language'];
  @Column('text', { name: 'link_hash' }) linkHash!: string;
  @Column('text', { name: 'browser_hash' }) browserHash!: string;
  @Column('text') network!: string;
  @Column('timestamptz', { name: 'asked_at' }) askedAt!: Date;
  @Column('timestamptz', { name: 'expires_at' }) expiresAt!: Date;
  @Column('integer', { default: 0 }) tries!: number;
  @Column('timestamptz', { name: 'used_at', nullable: true }) usedAt!: Date | null;
  @Column('timestamptz', { name: 'ended_at', nullable: true }) endedAt!: Date | null;
}

@Entity('operator_links')
export class OperatorLinkEntity {
  @PrimaryColumn('text', { name: 'link_hash' }) linkHash!: string;
  @Column('uuid', { name: 'api_key_id' }) apiKeyId!: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'expires_at' }) expiresAt!: Date;
  @Column('timestamptz', { name: 'used_at', nullable: true }) usedAt!: Date | null;
}
