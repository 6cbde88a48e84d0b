import { Column, Entity, PrimaryColumn } from 'typeorm';
import { formatInstant, type Localized, type Session } from '#contracts';
import type { SessionRecord } from './session.js';
import type { StoredSpeaker } from './speakers.js';

/** Instants are read as the texts that the rules and the answers use. */
const instant = {
  to: (value: string | null) => value,
  from: (value: Date | null) => value && formatInstant(value),
};

@Entity('sessions')
export class SessionEntity implements SessionRecord {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'stop_id' }) stopId!: string;
  @Column('uuid', { name: 'organization_id' }) organizationId!: string;
  @Column('uuid', { name: 'company_id', nullable: true }) companyId!: string | null;
  @Column('jsonb') title!: Localized;
  @Column('jsonb', { nullable: true }) abstract!: Localized | null;
  @Column('text', { nullable: true }) track!: string | null;
  @Column('text') kind!: Session['kind'];
  @Column('integer', { name: 'duration_minutes' }) durationMinutes!: number;
  @Column('jsonb') speakers!: StoredSpeaker[];
  @Column('text', { nullable: true }) language!: Session['language'];
  @Column('text') status!: Session['status'];
  @Column('uuid', { name: 'room_id', nullable: true }) roomId!: string | null;
  @Column('timestamptz', { name: 'starts_at', nullable: true, transformer: instant }) startsAt!:
    string | null;
  @Column('timestamptz', { name: 'ends_at', nullable: true, transformer: instant }) endsAt!: string | null;
  @Column('text', { nullable: true }) reason!: string | null;
  @Column('timestamptz', { name: 'created_at', transformer: instant }) createdAt!: string;
  @Column('integer') version!: number;
  /** A range of versions of the stop in PostgreSQL's notation; no part of the session itself. */
  @Column('int4range', { name: 'unscheduled_by', nullable: true, select: false }) unscheduledBy?:
    string | null;
}
