import { Injectable } from '@nestjs/common';
import { MoreThan } from 'typeorm';
import {
  formatInstant,
  inLanguage,
  notFound,
  type Caller,
  type InputOf,
  type OutputOf,
  type Timetable,
  type TimetableRelease,
  type getTimetableCalendar,
  type listTimetableReleases,
} from '#contracts';
import { calendarOf } from '#calendar';
import type { CallContext } from '#messaging';
import { UnitOfWork, cutPage } from '#persistence';
import { numberAfter } from '../page-keys.js';
import {
  refuseClosedProgramme,
  refuseHiddenTimetable,
  refuseOthersThanOrganizer,
} from '../sessions/session-access.js';
import type { StopProjectionEntity } from '../stops/stop-projection.entity.js';
import { StopProjectionRepository } from '../stops/stop-projection.repository.js';
import { ReleaseEntity } from './release.entity.js';
import { ReleaseRepository, calendarFrame, releaseView, shownStop } from './release.repository.js';
import { refuseOthersDraft } from './timetable-access.js';
import { followCancelledStop, followRelease, timetableEntries } from './timetable-calendar.js';

type Asked = number | 'draft' | undefined;
/** A release, or what the next one would be. */
type Issue = Omit<ReleaseEntity, 'stopId' | 'changes' | 'version' | 'publishedAt'> & {
  version: number | null;
  publishedAt: Date | null;
};

@Injectable()
export class TimetableRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly stops: StopProjectionRepository,
    private readonly releases: ReleaseRepository,
  ) {}

  async release(
    call: CallContext,
    stopId: string,
    note: string | null | undefined,
  ): Promise<TimetableRelease> {
    await this.stops.get(stopId);
    return this.unitOfWork.run(call, async (tx) => {
      const stop = await this.stops.lock(tx.manager, stopId, 'pessimistic_write');
      refuseOthersThanOrganizer(call.caller, stop, 'stop');
      refuseClosedProgramme(stop.state);
      return this.releases.add(tx, stop.state, stop.lastRelease + 1, note || null);
    });
  }

  async list(
    caller: Caller,
    query: InputOf<typeof listTimetableReleases>,
  ): Promise<OutputOf<typeof listTimetableReleases>> {
    const after = numberAfter(query.cursor);
    const stop = await this.stops.get(query.stopId);
    refuseHiddenTimetable(caller, stop.state);
    const rows = await this.unitOfWork.dataSource.manager.find(ReleaseEntity, {
      select: { stopId: true, version: true, publishedAt: true, note: true, changes: true },
      where: { stopId: stop.id, version: MoreThan(after) },
      order: { version: 'ASC' },
      take: query.limit + 1,
    });
    const { items, nextCursor } = cutPage(rows, query.limit, (release) => [release.version]);
    return { items: items.map(releaseView), nextCursor };
  }

  /** A release as it was published, but for the stop's status, which is the present one. */
  async get(caller: Caller, stopId: string, asked: Asked): Promise<Timetable> {
    const stop = await this.stops.get(stopId);
    const issue = await this.find(caller, stop, asked);
    return {
      release: {
        version: issue.version,
        publishedAt: issue.publishedAt && formatInstant(issue.publishedAt),
        note: issue.note,
      },
      stop: { ...issue.stop, status: stop.state.status },
      rooms: issue.rooms,
      sessions: issue.sessions,
    };
  }

  /** The same as a calendar that subscribers follow; of a cancelled stop every entry says so. */
  async calendar(caller: Caller, asked: InputOf<typeof getTimetableCalendar>): Promise<string> {
    const stop = await this.stops.get(asked.stopId);
    const issue = await this.find(caller, stop, asked.release);
    const followed =
      stop.cancelledAt === null
        ? issue.followed
        : followCancelledStop(issue.followed, formatInstant(stop.cancelledAt));
    const { lang } = asked;
    const name = inLanguage(issue.stop.name, lang);
    return calendarOf({ name, lang, entries: timetableEntries(followed, lang) });
  }

  private async find(caller: Caller, stop: StopProjectionEntity, asked: Asked): Promise<Issue> {
    refuseHiddenTimetable(caller, stop.state);
    if (asked === 'draft') refuseOthersDraft(caller, stop);
    const version = typeof asked === 'number' ? asked : stop.lastRelease;
    // The number may be larger than the column can hold; what is above the last release is not there anyway.
    const released =
      version < 1 || version > stop.lastRelease
        ? null
        : await this.unitOfWork.dataSource.manager.findOneBy(ReleaseEntity, { stopId: stop.id, version });
    if (asked === 'draft') return this.draftAfter(stop, released);
    if (released === null) throw notFound('release of this timetable');
    return released;
  }

  private async draftAfter(stop: StopProjectionEntity, released: ReleaseEntity | null): Promise<Issue> {
    const { manager } = this.unitOfWork.dataSource;
    const sessions = await this.releases.findScheduled(manager, stop.id);
    const publishedAt = formatInstant(new Date());
    return {
      version: null,
      publishedAt: null,
      note: null,
      stop: shownStop(stop.state),
      rooms: stop.state.rooms,
      sessions,
      followed: followRelease(released?.followed ?? [], {
        sessions,
        publishedAt,
        stop: calendarFrame(stop.state),
      }),
    };
  }
}
