import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CompanyState, Localized } from '#contracts';

@Entity('companies')
export class CompanyProjectionEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('jsonb') name!: Localized;
  @Column('jsonb') standings!: CompanyState['standings'];
  @Column('integer') version!: number;
}
