import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How many listings a company has published in a tour. */
@Entity('listing_counts')
export class ListingCountEntity {
  @PrimaryColumn('uuid', { name: 'tour_id' }) tourId!: string;
  @PrimaryColumn('uuid', { name: 'company_id' }) companyId!: string;
  @Column('integer') published!: number;
}
