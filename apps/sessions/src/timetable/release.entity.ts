import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Timetable, TimetableChanges } from '#contracts';
import type { ReleasedSession } from './release.js';
import type { FollowedSession } from './timetable-calendar.js';

@Entity('timetable_releases')
export class ReleaseEntity {
  @PrimaryColumn('uuid', { name: 'stop_id' }) stopId!: string;
  @PrimaryColumn('integer') version!: number;
  @Column('timestamptz', { name: 'published_at' }) publishedAt!: Date;
  @Column('text', { nullable: true }) note!: string | null;
  @Column('jsonb') changes!: TimetableChanges;
  @Column('jsonb') stop!: Timetable['stop'];
  @Column('jsonb') rooms!: Timetable['rooms'];
  @Column('jsonb') sessions!: ReleasedSession[];
  @Column('jsonb') followed!: FollowedSession[];
  /** Which revision of the imported schedule its exports show; null where none was imported. */
  @Column('integer', { name: 'schedule_revision', nullable: true }) scheduleRevision!: number | null;
}
