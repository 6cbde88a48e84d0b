import { Injectable } from '@nestjs/common';
import {
  formatInstant,
  timetableReleased,
  type StopState,
  type Timetable,
  type TimetableRelease,
} from '#contracts';
import type { Reader, TransactionContext } from '#persistence';
import type { SessionRecord } from '../sessions/session.js';
import { SessionRepository } from '../sessions/session.repository.js';
import { StopProjectionRepository } from '../stops/stop-projection.repository.js';
import { compareReleases, inTimetableOrder, releasedSession, type ReleasedSession } from './release.js';
import type { ReleaseEntity } from './release.entity.js';
import { ReleaseRepository, type ReleaseSummary } from './release.repository.js';
import { followRelease, takenOffBy, type CalendarFrame, type FollowedSession } from './timetable-calendar.js';

/** Writes releases: the scheduled sessions of this moment, and how they differ from the release before. */
@Injectable()
export class ReleaseService {
  constructor(
    private readonly releases: ReleaseRepository,
    private readonly sessions: SessionRepository,
    private readonly stops: StopProjectionRepository,
  ) {}

  /** @param version the number after the last release's; the stop's row is locked, so nobody else takes it */
  async add(
    tx: TransactionContext,
    stop: StopState,
    version: number,
    note: string | null,
  ): Promise<TimetableRelease> {
    const before = await this.releases.find(tx.manager, stop.id, version - 1);
    const sessions = await this.findScheduled(tx.manager, stop.id);
    const publishedAt = new Date();
    const release = {
      stopId: stop.id,
      version,
      publishedAt,
      note,
      changes: compareReleases(before?.sessions ?? [], sessions, {
        before: before?.rooms ?? [],
        after: stop.rooms,
      }),
      stop: shownStop(stop),
      rooms: stop.rooms,
      sessions,
      scheduleRevision: await this.releases.findScheduleRevision(tx.manager, stop.id),
      followed: await this.follow(tx.manager, before, { sessions, publishedAt, stop }),
    };
    await this.releases.insert(tx.manager, release);
    await this.stops.setLastRelease(tx.manager, stop.id, version);
    this.record(tx, stop, release);
    return releaseView(release);
  }

  /** What calendars remember after a release of these sessions, with the reasons of those that it takes off. */
  async follow(
    manager: Reader,
    before: ReleaseEntity | null,
    { sessions, publishedAt, stop }: { sessions: ReleasedSession[]; publishedAt: Date; stop: StopState },
  ): Promise<FollowedSession[]> {
    const followed = before?.followed ?? [];
    const absent = takenOffBy(followed, sessions);
    const found = absent.length === 0 ? [] : await this.sessions.findAll(manager, absent);
    return followRelease(followed, {
      sessions,
      publishedAt: formatInstant(publishedAt),
      stop: calendarFrame(stop),
      reasons: new Map(found.flatMap((session) => publicReason(session) ?? [])),
    });
  }

  /** What a release keeps of every session that is scheduled now, in the order of a timetable. */
  async findScheduled(manager: Reader, stopId: string): Promise<ReleasedSession[]> {
    const sessions = await this.sessions.findScheduled(manager, stopId);
    const revisions = await this.releases.findSourceRevisions(manager, stopId);
    return inTimetableOrder(
      sessions.flatMap((session) => {
        const { id, roomId, startsAt, endsAt } = session;
        if (roomId === null || startsAt === null || endsAt === null) return [];
        const sourceRevision = revisions.get(id);
        const released = releasedSession({ ...session, roomId, startsAt, endsAt });
        return [sourceRevision === undefined ? released : { ...released, sourceRevision }];
      }),
    );
  }

  private record(tx: TransactionContext, stop: StopState, release: Omit<ReleaseEntity, 'stop'>): void {
    const { version, changes } = release;
    tx.emit(timetableReleased, stop.id, { stopId: stop.id, tourId: stop.tourId, version });
    tx.audit({
      resourceType: 'stop',
      resourceId: stop.id,
      action: 'stop.release_timetable',
      organizationId: stop.organizationId,
      before: null,
      after: {
        release: version,
        added: changes.added.length,
        moved: changes.moved.length,
        changed: changes.changed.length,
        removed: changes.removed.length,
      },
    });
  }
}

/** An organizer's reason is for all who come; why a company withdraws is between the two. */
function publicReason({ id, status, reason }: SessionRecord): [[string, string]] | null {
  return reason === null || status === 'withdrawn' ? null : [[id, reason]];
}

/** The part of the stop that a timetable shows. */
export function shownStop(stop: StopState): Timetable['stop'] {
  const { id, tourId, name, city, venue, timeZone, startsAt, endsAt, status } = stop;
  return { id, tourId, name, city, venue, timeZone, startsAt, endsAt, status };
}

/** The part of the stop that a calendar shows. */
export function calendarFrame({ name, venue, timeZone, rooms }: StopState): CalendarFrame {
  return { name, venueName: venue.name, timeZone, geo: venue.location, rooms };
}

export function releaseView({ publishedAt, note, changes, version }: ReleaseSummary): TimetableRelease {
  return { publishedAt: formatInstant(publishedAt), note, changes, version };
}
