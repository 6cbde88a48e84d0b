import { Injectable } from '@nestjs/common';
import { notFound, type Caller, type InputOf, type OutputOf, type listSignups } from '#contracts';
import { cutPage, decodeCursor, Database } from '#persistence';
import { readCursor } from '../registrations/created-cursor.js';
import { readStop } from '../seating/seat-rows.repository.js';
import { delegatesInTwoPlaces, type TimedSignUp } from './session-seats.js';
import { SessionRepository } from './session.repository.js';
import { seatsOf, sessionColumns, type SessionRow } from './sign-up.repository.js';

interface SignUpRow {
  delegateId: string;
  name: string;
  companyId: string;
  createdAt: Date;
}

/** Who signed up for a session. */
@Injectable()
export class SignUpList {
  constructor(
    private readonly database: Database,
    private readonly sessions: SessionRepository,
  ) {}

  async list(query: InputOf<typeof listSignups>, caller: Caller): Promise<OutputOf<typeof listSignups>> {
    await this.sessions.require(query.id);
    const session = await this.read(query.id);
    const rows = await this.rows(query, caller);
    const visible = rows.length > 0 || (await this.maySee(session, caller));
    if (!visible || !isAsker(session, caller)) throw notFound('session');
    const { items, nextCursor } = cutPage(rows, query.limit, (row) => [
      row.createdAt.toISOString(),
      row.delegateId,
    ]);
    const twice = await this.inTwoPlaces(session, items);
    return {
      items: items.map(({ delegateId, name, companyId }) => ({
        delegateId,
        name,
        companyId,
        overlap: twice.has(delegateId),
      })),
      nextCursor,
      seats: { total: session.seats ?? 0, taken: session.taken },
    };
  }

  /** Companies see their own sessions and, of others, the scheduled ones of stops that were published. */
  private async maySee(session: SessionRow, caller: Caller): Promise<boolean> {
    if (caller.role === 'organizer') return true;
    const stop = await readStop(this.database, session.stopId);
    const known = session.status === 'scheduled' || session.companyId === caller.companyId;
    return known && stop?.everPublished === true;
  }

  private async read(id: string): Promise<SessionRow> {
    const [session] = (await this.database.query(
      `SELECT ${sessionColumns} FROM sessions s WHERE s.session_id = $1`,
      [id],
    )) as SessionRow[];
    if (session === undefined) throw notFound('session');
    return session;
  }

  private async rows(query: InputOf<typeof listSignups>, caller: Caller): Promise<SignUpRow[]> {
    const [createdAt, delegateId] = readCursor(decodeCursor(query.cursor, 2));
    const companyId = caller.role === 'company' ? caller.companyId : null;
    return (await this.database.query(
      `SELECT d.id AS "delegateId", d.name, r.company_id AS "companyId", u.created_at AS "createdAt"
         FROM sign_ups u JOIN delegates d ON d.id = u.delegate_id JOIN registrations r ON r.id = d.registration_id
        WHERE u.session_id = $1 AND ($2::uuid IS NULL OR r.company_id = $2)
          AND ($3::timestamptz IS NULL OR (u.created_at, u.delegate_id) > ($3, $4::uuid))
        ORDER BY u.created_at, u.delegate_id LIMIT $5`,
      [query.id, companyId, createdAt, delegateId, query.limit + 1],
    )) as SignUpRow[];
  }

  /** Those of the page whom a move of a session has put in two places at once. */
  private async inTwoPlaces(session: SessionRow, page: readonly SignUpRow[]): Promise<ReadonlySet<string>> {
    if (seatsOf(session).during === null || page.length === 0) return new Set();
    const rows = (await this.database.query(
      `SELECT u.delegate_id AS "delegateId", u.session_id AS "sessionId", s.starts_at AS "startsAt",
              s.ends_at AS "endsAt"
         FROM sign_ups u JOIN sessions s USING (session_id)
        WHERE u.delegate_id = ANY($1::uuid[]) AND s.status = 'scheduled'`,
      [page.map(({ delegateId }) => delegateId)],
    )) as { delegateId: string; sessionId: string; startsAt: Date; endsAt: Date }[];
    const signUps: TimedSignUp[] = rows.map(({ delegateId, sessionId, startsAt, endsAt }) => ({
      delegateId,
      sessionId,
      during: { startsAt, endsAt },
    }));
    return delegatesInTwoPlaces(session.sessionId, signUps);
  }
}

function isAsker(session: SessionRow, caller: Caller): boolean {
  if (caller.role === 'company') return caller.companyId !== undefined;
  return caller.role === 'organizer' && caller.organizationId === session.organizationId;
}
