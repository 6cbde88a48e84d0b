import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What one reviewer says of a case; without a score where a conflict of interest was declared. */
@Entity('case_reviews')
export class CaseReviewEntity {
  @PrimaryColumn('uuid', { name: 'case_id' }) caseId!: string;
  @PrimaryColumn('uuid', { name: 'reviewer_id' }) reviewerId!: string;
  @Column('integer', { nullable: true }) score!: number | null;
  @Column('text', { nullable: true }) comment!: string | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt!: Date;
}
