import { Injectable } from '@nestjs/common';
import { Brackets } from 'typeorm';
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
import { UnitOfWork, cutPage } from '#persistence';
import { StopProjectionRepository } from '../stops/stop-projection.repository.js';
import { idAfter } from '../page-keys.js';
import { stateOf } from './session.js';
import { isOrganizerOf, refuseHiddenStop, sessionFor } from './session-access.js';
import { SessionEntity } from './session.entity.js';

@Injectable()
export class SessionReadRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly stops: StopProjectionRepository,
  ) {}

  async get(caller: Caller, id: string): Promise<Session> {
    const session = await this.find(id);
    if (session === null) throw notFound('session');
    const { state } = await this.stops.get(session.stopId);
    return sessionFor(caller, session, state);
  }

  /** Oldest first: all of them for the stop's organizers, its own and the scheduled ones for a company. */
  async list(caller: Caller, query: InputOf<typeof listSessions>): Promise<OutputOf<typeof listSessions>> {
    const after = idAfter(query.cursor);
    const { state: stop } = await this.stops.get(query.stopId);
    refuseHiddenStop(caller, stop);
    const find = this.unitOfWork.dataSource.manager
      .createQueryBuilder(SessionEntity, 'session')
      .where('session.stopId = :stopId', { stopId: stop.id })
      .orderBy('session.id')
      .take(query.limit + 1);
    if (!isOrganizerOf(caller, stop)) find.andWhere(new Brackets((seen) => seenByCompany(seen, caller)));
    if (query.status !== undefined) find.andWhere('session.status = :status', { status: query.status });
    if (query.track !== undefined) find.andWhere('session.track = :track', { track: query.track });
    if (after !== null) find.andWhere('session.id > :after', { after });
    const { items, nextCursor } = cutPage(await find.getMany(), query.limit, (session) => [session.id]);
    return { items: items.map((session) => sessionFor(caller, session, stop)), nextCursor };
  }

  async findState(id: string): Promise<SessionState | null> {
    const session = await this.find(id);
    return session && stateOf(session);
  }

  /** The rooms of a stop that scheduled sessions use. */
  async findRoomsInUse(stopId: string): Promise<string[]> {
    const rows = (await this.unitOfWork.dataSource.query(
      `SELECT DISTINCT room_id AS "roomId" FROM sessions WHERE stop_id = $1 AND status = 'scheduled'`,
      [stopId],
    )) as { roomId: string }[];
    return rows.map((row) => row.roomId);
  }

  private find(id: string): Promise<SessionEntity | null> {
    return this.unitOfWork.dataSource.manager.findOneBy(SessionEntity, { id });
  }
}

function seenByCompany(seen: Parameters<Brackets['whereFactory']>[0], caller: Caller): void {
  if (caller.companyId === undefined) throw new Problem('auth.forbidden', 'This key belongs to no company.');
  seen
    .where('session.companyId = :companyId', { companyId: caller.companyId })
    .orWhere(`session.status = 'scheduled'`);
}
