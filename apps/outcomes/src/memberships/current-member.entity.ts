import { Column, Entity, PrimaryColumn } from 'typeorm';

/** That a company is a member now, and by which entry. */
@Entity('current_members')
export class CurrentMemberEntity {
  @PrimaryColumn('uuid', { name: 'organization_id' }) organizationId!: string;
  @PrimaryColumn('uuid', { name: 'company_id' }) companyId!: string;
  @Column('uuid', { name: 'member_id' }) memberId!: string;
}
