import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a company thinks of meeting another one; private to it. */
@Entity('interests')
export class InterestEntity {
  @PrimaryColumn('uuid', { name: 'tour_id' }) tourId!: string;
  @PrimaryColumn('uuid', { name: 'company_id' }) companyId!: string;
  @PrimaryColumn('uuid', { name: 'towards_id' }) towardsId!: string;
  @Column('text') level!: string;
}
