import { Injectable } from '@nestjs/common';
import {
  formatInstant,
  inLanguage,
  notFound,
  refuseHiddenStop,
  refuseOthersThanOrganizer,
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
import { UnitOfWork, cutPage, decodeNumberCursor, Database } from '#persistence';
import { refuseClosedProgramme } from '../sessions/session-access.js';
import type { StopProjectionEntity } from '../stops/stop-projection.entity.js';
import { StopProjectionRepository } from '../stops/stop-projection.repository.js';
import { StopProjectionService } from '../stops/stop-projection.service.js';
import { publicSession } from './release.js';
import type { ReleaseEntity } from './release.entity.js';
import { ReleaseRepository } from './release.repository.js';
import { ReleaseService, releaseView, shownStop } from './release.service.js';
import { refuseOthersDraft } from './timetable-access.js';
import { followCancelledStop, timetableEntries } from './timetable-calendar.js';

type RequestedRelease = number | 'draft' | undefined;
/** A release, or what the next one would be. */
type ShownRelease = Omit<ReleaseEntity, 'stopId' | 'changes' | 'version' | 'publishedAt'> & {
  version: number | null;
  publishedAt: Date | null;
};

@Injectable()
export class TimetableService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: Database,
    private readonly knownStops: StopProjectionService,
    private readonly stops: StopProjectionRepository,
    private readonly releases: ReleaseRepository,
    private readonly releasing: ReleaseService,
  ) {}

  async release(
    call: CallContext,
    stopId: string,
    note: string | null | undefined,
  ): Promise<TimetableRelease> {
    await this.knownStops.get(stopId);
    return this.unitOfWork.run(call, async (tx) => {
      const stop = await this.stops.lock(tx.manager, stopId, 'pessimistic_write');
      refuseOthersThanOrganizer(call.caller, stop, 'stop');
      refuseClosedProgramme(stop.state, new Date());
      return this.releasing.add(tx, stop.state, stop.lastRelease + 1, note || null);
    });
  }

  async list(
    caller: Caller,
    query: InputOf<typeof listTimetableReleases>,
  ): Promise<OutputOf<typeof listTimetableReleases>> {
    const after = decodeNumberCursor(query.cursor);
    const stop = await this.knownStops.get(query.stopId);
    refuseHiddenStop(caller, stop.state);
    const manager = this.database;
    const rows = await this.releases.list(manager, stop.id, after, query.limit + 1);
    const { items, nextCursor } = cutPage(rows, query.limit, (release) => [release.version]);
    return { items: items.map(releaseView), nextCursor };
  }

  /** A release as it was published, but for the stop's status, which is the present one. */
  async get(caller: Caller, stopId: string, requested: RequestedRelease): Promise<Timetable> {
    const stop = await this.knownStops.get(stopId);
    const shown = await this.find(caller, stop, requested);
    return {
      release: {
        version: shown.version,
        publishedAt: shown.publishedAt && formatInstant(shown.publishedAt),
        note: shown.note,
      },
      stop: { ...shown.stop, status: stop.state.status },
      rooms: shown.rooms,
      sessions: shown.sessions.map(publicSession),
    };
  }

  /** The latest release as it is stored, with the ids of its speakers. */
  async getReleased(caller: Caller, stopId: string): Promise<ShownRelease> {
    return this.find(caller, await this.knownStops.get(stopId), undefined);
  }

  /** The same as a calendar that subscribers follow; every entry of a cancelled stop is CANCELLED. */
  async calendar(caller: Caller, query: InputOf<typeof getTimetableCalendar>): Promise<string> {
    const stop = await this.knownStops.get(query.stopId);
    const shown = await this.find(caller, stop, query.release);
    const followed =
      stop.cancelledAt === null
        ? shown.followed
        : followCancelledStop(shown.followed, formatInstant(stop.cancelledAt), stop.state.cancelReason);
    const { lang } = query;
    const name = inLanguage(shown.stop.name, lang);
    return calendarOf({ name, lang, entries: timetableEntries(followed, lang) });
  }

  private async find(
    caller: Caller,
    stop: StopProjectionEntity,
    requested: RequestedRelease,
  ): Promise<ShownRelease> {
    refuseHiddenStop(caller, stop.state);
    if (requested === 'draft') refuseOthersDraft(caller, stop);
    const version = typeof requested === 'number' ? requested : stop.lastRelease;
    // The number may be larger than the column can hold; what is above the last release is not there anyway.
    const released =
      version < 1 || version > stop.lastRelease
        ? null
        : await this.releases.find(this.database, stop.id, version);
    if (requested === 'draft') return this.draftAfter(stop, released);
    if (released === null) throw notFound('release of this timetable');
    return released;
  }

  private async draftAfter(
    stop: StopProjectionEntity,
    released: ReleaseEntity | null,
  ): Promise<ShownRelease> {
    const sessions = await this.releasing.findScheduled(this.database, stop.id);
    const followed = await this.releasing.follow(this.database, released, {
      sessions,
      publishedAt: new Date(),
      stop: stop.state,
    });
    return {
      version: null,
      publishedAt: null,
      note: null,
      stop: shownStop(stop.state),
      rooms: stop.state.rooms,
      sessions,
      scheduleRevision: null,
      followed,
    };
  }
}
