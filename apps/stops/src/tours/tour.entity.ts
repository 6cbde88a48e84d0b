import { Column, Entity, PrimaryColumn } from 'typeorm';
import { formatInstant, type Localized, type Tour } from '#contracts';

/** Rules and answers know instants as RFC 3339 in UTC. */
const transformer = { to: (instant: unknown) => instant, from: (date: Date) => formatInstant(date) };

@Entity('tours')
export class TourEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'organization_id' }) organizationId!: string;
  @Column('json') name!: Localized;
  @Column('json', { nullable: true }) description!: Localized | null;
  @Column('text', { nullable: true }) website!: string | null;
  @Column('json') partners!: Tour['partners'];
  @Column('boolean', { name: 'overlapping_stops' }) overlappingStops!: boolean;
  @Column('integer', { name: 'speaker_travel_minutes' }) speakerTravelMinutes!: number;
  @Column('timestamptz', { name: 'created_at', transformer }) createdAt!: string;
  @Column('timestamptz', { name: 'updated_at', transformer }) updatedAt!: string;
  @Column('integer') version!: number;
}
