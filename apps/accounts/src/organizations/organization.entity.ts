import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Localized } from '#contracts';

@Entity('organizations')
export class OrganizationEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('jsonb') name!: Localized;
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt!: Date;
  @Column('integer', { default: 1 }) version!: number;
}
