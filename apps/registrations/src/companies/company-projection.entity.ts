import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CompanyState, Localized } from '#contracts';

@Entity('companies')
export class CompanyProjectionEntity {
  @PrimaryColumn('uuid', { name: 'company_id' }) companyId!: string;
  @Column('jsonb') name!: Localized;
  @Column('jsonb') standings!: CompanyState['standings'];
  @Column('integer') version!: number;
}
