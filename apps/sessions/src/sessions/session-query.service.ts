import { Injectable } from '@nestjs/common';
import {
  Problem,
  notFound,
  type Caller,
  type InputOf,
  type OutputOf,
  type Session,
  type SessionState,
  type listSessions,
} from '#contracts';
import { cutPage, decodeIdCursor, Database } from '#persistence';
import { StopProjectionService } from '../stops/stop-projection.service.js';
import { stateOf } from './session.js';
import { isOrganizerOf, refuseHiddenStop, sessionFor } from './session-access.js';
import { SessionRepository } from './session.repository.js';

@Injectable()
export class SessionQueryService {
  constructor(
    private readonly database: Database,
    private readonly stops: StopProjectionService,
    private readonly sessions: SessionRepository,
  ) {}

  async get(caller: Caller, id: string): Promise<Session> {
    const session = await this.sessions.find(this.database, id);
    if (session === null) throw notFound('session');
    const { state } = await this.stops.get(session.stopId);
    return sessionFor(caller, session, state);
  }

  /** Oldest first: all of them for the stop's organizers, its own and the scheduled ones for a company. */
  async list(caller: Caller, query: InputOf<typeof listSessions>): Promise<OutputOf<typeof listSessions>> {
    const after = decodeIdCursor(query.cursor);
    const { state: stop } = await this.stops.get(query.stopId);
    refuseHiddenStop(caller, stop);
    const rows = await this.sessions.list(
      this.database,
      { ...query, status: query.status, track: query.track, companyId: companyOf(caller, stop) },
      { after, take: query.limit + 1 },
    );
    const { items, nextCursor } = cutPage(rows, query.limit, (session) => [session.id]);
    return { items: items.map((session) => sessionFor(caller, session, stop)), nextCursor };
  }

  async findState(id: string): Promise<SessionState | null> {
    const session = await this.sessions.find(this.database, id);
    return session && stateOf(session);
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
