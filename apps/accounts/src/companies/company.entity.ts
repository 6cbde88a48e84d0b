import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Localized, VerificationStatus } from '#contracts';
import type { CompanyRecord } from './company.js';

@Entity('companies')
export class CompanyEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('jsonb') name!: Localized;
  @Column('char', { length: 18 }) uscc!: string;
  @Column('jsonb') contact!: CompanyRecord['contact'];
  @Column('text', { nullable: true }) industry!: string | null;
  @Column('char', { name: 'city_code', length: 6, nullable: true }) cityCode!: string | null;
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt!: Date;
  @Column('integer', { default: 1 }) version!: number;
  /** What the company is found by: see `company-search.ts`. No read shows it. */
  @Column('text', { name: 'search_text', default: '', select: false }) searchText?: string;
  @Column('integer', { name: 'search_ngrams', array: true, default: '{}', select: false })
  searchNgrams?: number[];
}

@Entity('standings')
export class VerificationEntity {
  @PrimaryColumn('uuid', { name: 'company_id' }) companyId!: string;
  @PrimaryColumn('uuid', { name: 'organization_id' }) organizationId!: string;
  @Column('text') status!: VerificationStatus;
}
