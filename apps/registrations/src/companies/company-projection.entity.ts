import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CompanyState, Localized } from '#contracts';

@Entity('companies')
export class CompanyProjectionEntity {
  @PrimaryColumn('uuid', { name: 'company_id' }) companyId!: string;
  @Column('jsonb') name!: Localized;
  @Column('jsonb') standings!: CompanyState['standings'];
  @Column('text', { nullable: true }) uscc!: string | null;
  /** What the company is found by: see `companySearchText`. No read shows it. */
  @Column('text', { name: 'search_text', default: '' }) searchText!: string;
  @Column('integer') version!: number;
}
