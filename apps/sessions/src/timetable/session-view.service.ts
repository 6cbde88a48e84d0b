import { Injectable } from '@nestjs/common';
import { notFound, type Caller, type SessionView } from '#contracts';
import { Database } from '#persistence';
import { sessionFor, sightOf } from '../sessions/session-access.js';
import { SessionQueryService } from '../sessions/session-query.service.js';
import { publicSession } from './release.js';
import { ReleaseRepository } from './release.repository.js';

/** Shows one session: to its company and organizers as it is, to everybody else as the latest release has it. */
@Injectable()
export class SessionViewService {
  constructor(
    private readonly database: Database,
    private readonly sessions: SessionQueryService,
    private readonly releases: ReleaseRepository,
  ) {}

  async get(caller: Caller, id: string): Promise<SessionView> {
    const { session, stop } = await this.sessions.find(id);
    if (sightOf(caller, session, stop.state) !== null) return sessionFor(caller, session, stop.state);
    if (!stop.state.published || stop.lastRelease === 0) throw notFound('session');
    const released = await this.releases.findSession(this.database, stop.id, stop.lastRelease, id);
    if (released === null) throw notFound('session');
    return { ...publicSession(released), stopId: stop.id };
  }
}
