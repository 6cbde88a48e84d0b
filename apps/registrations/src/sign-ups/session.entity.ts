import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Localized, SessionStatus } from '#contracts';

/** A sharing session as its own service knows it, and its sign-ups. */
@Entity('sessions')
export class SessionEntity {
  @PrimaryColumn('uuid', { name: 'session_id' }) sessionId!: string;
  @Column('uuid', { name: 'stop_id' }) stopId!: string;
  @Column('uuid', { name: 'organization_id' }) organizationId!: string;
  @Column('uuid', { name: 'company_id', nullable: true }) companyId!: string | null;
  @Column('text') status!: SessionStatus | 'deleted';
  /** Null for a session whose last event came before titles were stored. */
  @Column('jsonb', { nullable: true }) title!: Localized | null;
  @Column('uuid', { name: 'room_id', nullable: true }) roomId!: string | null;
  @Column('timestamptz', { name: 'starts_at', nullable: true }) startsAt!: Date | null;
  @Column('timestamptz', { name: 'ends_at', nullable: true }) endsAt!: Date | null;
  @Column('integer') version!: number;
  /** How many have signed up; kept with every sign-up and every end of one. */
  @Column('integer', { default: 0 }) taken!: number;
  /** The room's seats at the last sign-up, or what was taken where the room has fewer. */
  @Column('integer', { name: 'seats_limit', default: 0 }) seatsLimit!: number;
}
