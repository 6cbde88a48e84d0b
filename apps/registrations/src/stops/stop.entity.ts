import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Localized } from '#contracts';
import type { StopSeats } from '../seats/stop-seats.js';

/** A stop as its own service knows it, and its seats. */
@Entity('stops')
export class StopEntity implements StopSeats {
  @PrimaryColumn('uuid', { name: 'stop_id' }) stopId!: string;
  @Column('uuid', { name: 'organization_id' }) organizationId!: string;
  @Column('integer', { name: 'stop_version' }) stopVersion!: number;
  @Column('boolean', { name: 'ever_published' }) everPublished!: boolean;
  /** Null for a stop whose last event came before names were stored. */
  @Column('jsonb', { nullable: true }) name!: Localized | null;
  @Column('text', { name: 'time_zone', nullable: true }) timeZone!: string | null;
  @Column('text') status!: StopSeats['status'];
  @Column('timestamptz', { name: 'starts_at' }) startsAt!: Date;
  @Column('timestamptz', { name: 'ends_at' }) endsAt!: Date;
  @Column('integer') capacity!: number;
  @Column('integer', { name: 'max_delegates_per_company' }) maxDelegatesPerCompany!: number;
  @Column('timestamptz', { name: 'opens_at' }) opensAt!: Date;
  @Column('timestamptz', { name: 'closes_at' }) closesAt!: Date;
  @Column('timestamptz', { name: 'changes_until' }) changesUntil!: Date;
  @Column('text') approval!: StopSeats['approval'];
  @Column('boolean') waitlist!: boolean;
  @Column('text', { name: 'waitlist_policy' }) waitlistPolicy!: StopSeats['waitlistPolicy'];
  @Column('boolean', { name: 'verified_only' }) verifiedOnly!: boolean;
  @Column('integer', { name: 'confirmed_seats', default: 0 }) confirmedSeats!: number;
  @Column('integer', { name: 'pending_seats', default: 0 }) pendingSeats!: number;
  @Column('integer', { name: 'waitlisted_seats', default: 0 }) waitlistedSeats!: number;
  @Column('integer', { name: 'waiting_delegations', default: 0 }) waitingDelegations!: number;
  @Column('integer', { name: 'passed_over_delegations', default: 0 }) passedOverDelegations!: number;
  @Column('integer', { name: 'next_queue_number', default: 1 }) nextQueueNumber!: number;
  @Column('integer', { name: 'seats_version', default: 1 }) seatsVersion!: number;
  /** The capacity, or after it was lowered the seats that were taken then, until enough are given back. */
  @Column('integer', { name: 'seats_limit' }) seatsLimit!: number;
}

@Entity('rooms')
export class RoomEntity {
  @PrimaryColumn('uuid', { name: 'stop_id' }) stopId!: string;
  @PrimaryColumn('uuid', { name: 'room_id' }) roomId!: string;
  @Column('integer') seats!: number;
}
