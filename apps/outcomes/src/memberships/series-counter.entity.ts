import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The last number of a series. */
@Entity('series_counters')
export class SeriesCounterEntity {
  @PrimaryColumn('uuid', { name: 'organization_id' }) organizationId!: string;
  @PrimaryColumn('text') series!: string;
  @Column('integer') last!: number;
}
