import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Whether a listing was ever published. */
@Entity('listings')
export class ListingProjectionEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'tour_id' }) tourId!: string;
  @Column('uuid', { name: 'company_id' }) companyId!: string;
  @Column('boolean', { name: 'ever_published' }) everPublished!: boolean;
  @Column('integer') version!: number;
}
