import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One entry of a batch: a plaque. */
@Entity('members')
export class MemberEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'batch_id' }) batchId!: string;
  @Column('uuid', { name: 'organization_id' }) organizationId!: string;
  @Column('text', { nullable: true }) series!: string | null;
  @Column('uuid', { name: 'company_id', nullable: true }) companyId!: string | null;
  @Column('jsonb') name!: unknown;
  @Column('text') category!: string;
  @Column('uuid', { nullable: true }) corrects!: string | null;
  @Column('integer', { nullable: true }) number!: number | null;
}
