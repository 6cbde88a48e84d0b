import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('messages')
export class MessageEntity {
  /** A bigint, which the driver reads as text. */
  @PrimaryColumn('bigint', { generated: 'identity', generatedIdentity: 'BY DEFAULT' }) seq!: string;
  @Column('uuid') id!: string;
  @Column('text') type!: string;
  @Column('timestamptz') time!: Date;
  @Column('text') subject!: string;
  @Column('uuid', { name: 'organization_id', nullable: true }) organizationId!: string | null;
  @Column('uuid', { name: 'company_id', nullable: true }) companyId!: string | null;
  @Column('uuid', { name: 'stop_id', nullable: true }) stopId!: string | null;
  @Column('boolean') public!: boolean;
  @Column('jsonb') data!: Record<string, unknown>;
}
