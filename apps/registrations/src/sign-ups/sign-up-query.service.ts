import { Injectable } from '@nestjs/common';
import {
  notFound,
  isOrganizerOf,
  type Caller,
  type InputOf,
  type OutputOf,
  type getSessionSeats,
  type listSignups,
} from '#contracts';
import { Database, cutPage, decodeInstantAndIdCursor } from '#persistence';
import { StopProjectionRepository } from '../stops/stop-projection.repository.js';
import { delegatesInTwoPlaces } from './session-seats.js';
import type { SessionEntity } from './session.entity.js';
import { SessionProjectionRepository } from './session-projection.repository.js';
import { SessionProjectionService } from './session-projection.service.js';
import { SignUpListRepository, type ListedSignUp } from './sign-up-list.repository.js';

/** Answers reads of sign-ups. */
@Injectable()
export class SignUpQueryService {
  constructor(
    private readonly database: Database,
    private readonly projection: SessionProjectionService,
    private readonly sessions: SessionProjectionRepository,
    private readonly stops: StopProjectionRepository,
    private readonly lists: SignUpListRepository,
  ) {}

  async list(query: InputOf<typeof listSignups>, caller: Caller): Promise<OutputOf<typeof listSignups>> {
    await this.projection.require(query.id);
    const session = await this.sessions.find(this.database, query.id);
    if (session === null || !mayAsk(session, caller)) throw notFound('session');
    const after = decodeInstantAndIdCursor(query.cursor);
    const companyId = caller.role === 'company' ? (caller.companyId ?? '') : null;
    const rows = await this.lists.list(
      this.database,
      { sessionId: query.id, companyId },
      after,
      query.limit + 1,
    );
    if (rows.length === 0 && !(await this.maySee(session, caller))) throw notFound('session');
    const { items, nextCursor } = cutPage(rows, query.limit, (row) => [
      row.createdAt.toISOString(),
      row.delegateId,
    ]);
    const twice = await this.inTwoPlaces(session, items);
    return {
      items: items.map(({ delegateId, name, companyId: owner }) => ({
        delegateId,
        name,
        companyId: owner,
        overlap: twice.has(delegateId),
      })),
      nextCursor,
      seats: { total: (await this.sessions.findSeats(this.database, session)) ?? 0, taken: session.taken },
    };
  }

  async listSeats(sessionIds: readonly string[]): Promise<OutputOf<typeof getSessionSeats>> {
    return { seats: await this.sessions.listSeats(this.database, sessionIds) };
  }

  /** Companies see their own sessions and, of others, the scheduled ones of stops that were published. */
  private async maySee(session: SessionEntity, caller: Caller): Promise<boolean> {
    if (caller.role === 'organizer') return true;
    const stop = await this.stops.find(this.database, session.stopId);
    const known = session.status === 'scheduled' || session.companyId === caller.companyId;
    return known && stop?.everPublished === true;
  }

  /** Those of the page whom a move of a session has put in two places at once. */
  private async inTwoPlaces(
    { sessionId, status, startsAt, endsAt }: SessionEntity,
    page: readonly ListedSignUp[],
  ): Promise<ReadonlySet<string>> {
    if (status !== 'scheduled' || startsAt === null || endsAt === null || page.length === 0) return new Set();
    const delegateIds = page.map(({ delegateId }) => delegateId);
    const signUps = await this.lists.listScheduled(this.database, delegateIds);
    return delegatesInTwoPlaces(sessionId, signUps);
  }
}

function mayAsk(session: SessionEntity, caller: Caller): boolean {
  if (caller.role === 'company') return caller.companyId !== undefined;
  return isOrganizerOf(caller, session);
}
