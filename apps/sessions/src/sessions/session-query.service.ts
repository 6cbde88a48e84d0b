import { Injectable } from '@nestjs/common';
import {
  Problem,
  notFound,
  isOrganizerOf,
  refuseOthersThanOrganizer,
  type Caller,
  type InputOf,
  type OutputOf,
  type SessionState,
  type listBlockedTimes,
  type listSessions,
} from '#contracts';
import { Database, cutPage, decodeIdCursor, readCursor } from '#persistence';
import type { StopProjectionEntity } from '../stops/stop-projection.entity.js';
import { StopProjectionService } from '../stops/stop-projection.service.js';
import { BlockedTimeCursor, blockedTimes, itemsAfter, sortKeys } from './blocked-times.js';
import { OccupancyRepository } from './occupancy.repository.js';
import { stateOf, type SessionRecord } from './session.js';
import { refuseHiddenProgramme, sessionFor } from './session-access.js';
import { SessionRepository } from './session.repository.js';
import { speakerKeys } from './speakers.js';

@Injectable()
export class SessionQueryService {
  constructor(
    private readonly database: Database,
    private readonly stops: StopProjectionService,
    private readonly sessions: SessionRepository,
    private readonly occupancy: OccupancyRepository,
  ) {}

  /** The session with its stop, without a check of who may see them. */
  async find(id: string): Promise<{ session: SessionRecord; stop: StopProjectionEntity }> {
    const session = await this.sessions.find(this.database, id);
    if (session === null) throw notFound('session');
    return { session, stop: await this.stops.get(session.stopId) };
  }

  /** Oldest first: all of them for the stop's organizers, its own and the scheduled ones for a company. */
  async list(caller: Caller, query: InputOf<typeof listSessions>): Promise<OutputOf<typeof listSessions>> {
    const after = decodeIdCursor(query.cursor);
    const { state: stop } = await this.stops.get(query.stopId);
    refuseHiddenProgramme(caller, stop);
    const rows = await this.sessions.list(
      this.database,
      { stopId: stop.id, statuses: query.status, track: query.track, companyId: companyOf(caller, stop) },
      { after, take: query.limit + 1 },
    );
    const { items, nextCursor } = cutPage(rows, query.limit, (session) => [session.id]);
    return { items: items.map((session) => sessionFor(caller, session, stop)), nextCursor };
  }

  /** When the session can't start, in order of `from`. */
  async listBlockedTimes(
    caller: Caller,
    query: InputOf<typeof listBlockedTimes>,
  ): Promise<OutputOf<typeof listBlockedTimes>> {
    const after = readCursor(BlockedTimeCursor, query.cursor) ?? [];
    const { session, stop } = await this.find(query.id);
    refuseOthersThanOrganizer(caller, session, 'session');
    const blocked = blockedTimes(session, stop.state, {
      rooms: await this.occupancy.findRoomsTaken(this.database, session.stopId),
      speakers: await this.occupancy.findSpeakersTaken(this.database, speakerKeys(session), stop.state),
    });
    return cutPage(itemsAfter(blocked, after), query.limit, sortKeys);
  }

  async findState(id: string): Promise<SessionState | null> {
    const session = await this.sessions.find(this.database, id);
    return session && stateOf(session, (await this.stops.get(session.stopId)).state);
  }

  findRoomsInUse(stopId: string): Promise<string[]> {
    return this.sessions.findRoomsInUse(this.database, stopId);
  }
}

/** The company whose view the list shows, null for the stop's organizers. */
function companyOf(caller: Caller, stop: { organizationId: string }): string | null {
  if (isOrganizerOf(caller, stop)) return null;
  if (caller.companyId === undefined) throw new Problem('auth.forbidden', 'This key belongs to no company.');
  return caller.companyId;
}
