import { Column, Entity, PrimaryColumn } from 'typeorm';
import { formatInstant, type Localized } from '#contracts';
import type { StopRecord } from './stop.js';

/** Rules and answers know instants as RFC 3339 in UTC. */
const transformer = { to: (instant: unknown) => instant, from: (date: Date) => formatInstant(date) };

@Entity('stops')
export class StopEntity implements StopRecord {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'tour_id' }) tourId!: string;
  /** A copy of the tour's `overlappingStops`, which the database keeps right. */
  @Column('boolean', { name: 'overlap_allowed' }) overlapAllowed!: boolean;
  @Column('uuid', { name: 'organization_id' }) organizationId!: string;
  @Column('json') name!: Localized;
  @Column('json') city!: StopRecord['city'];
  @Column('json') venue!: StopRecord['venue'];
  @Column('text', { name: 'time_zone' }) timeZone!: string;
  @Column('timestamptz', { name: 'starts_at', transformer }) startsAt!: string;
  @Column('timestamptz', { name: 'ends_at', transformer }) endsAt!: string;
  @Column('integer') capacity!: number;
  @Column('integer', { name: 'max_delegates_per_company' }) maxDelegatesPerCompany!: number;
  @Column('json') registration!: StopRecord['registration'];
  @Column('json', { nullable: true }) description!: Localized | null;
  @Column('json', { nullable: true }) travel!: Localized | null;
  @Column('json', { nullable: true }) contact!: StopRecord['contact'];
  @Column('json') rooms!: StopRecord['rooms'];
  @Column('json') partners!: StopRecord['partners'];
  @Column('text') status!: StopRecord['status'];
  @Column('boolean') published!: boolean;
  @Column('json') moves!: StopRecord['moves'];
  @Column('text', { name: 'cancel_reason', nullable: true }) cancelReason!: string | null;
  @Column('timestamptz', { name: 'created_at', transformer }) createdAt!: string;
  @Column('timestamptz', { name: 'updated_at', transformer }) updatedAt!: string;
  @Column('integer') version!: number;
}

/** What rules know of a stop: all but the copy. */
export function recordOf(entity: StopEntity): StopRecord {
  const { overlapAllowed: _, ...stop } = entity;
  return stop;
}
