import { Injectable } from '@nestjs/common';
import { notFound, type Caller, type InputOf, type OutputOf, type exportSessions } from '#contracts';
import { cutPage, decodeIdCursor, Database } from '#persistence';
import type { SessionRecord } from '../sessions/session.js';
import { sessionFor } from '../sessions/session-access.js';
import { SessionRepository } from '../sessions/session.repository.js';

/** Everything this service holds about a company's proposals, at all stops and in any status. */
@Injectable()
export class PersonalDataExport {
  constructor(
    private readonly database: Database,
    private readonly sessions: SessionRepository,
  ) {}

  async list(
    query: InputOf<typeof exportSessions>,
    caller: Caller,
  ): Promise<OutputOf<typeof exportSessions>> {
    const { companyId } = caller;
    if (companyId === undefined) throw notFound('company');
    const slice = { after: decodeIdCursor(query.cursor), take: query.limit + 1 };
    const rows = await this.sessions.listOfCompany(this.database, companyId, slice);
    const { items, nextCursor } = cutPage(rows, query.limit, (session) => [session.id]);
    // A company that has proposed something has seen the stop.
    const seen = (session: SessionRecord) => ({ organizationId: session.organizationId, published: true });
    return { items: items.map((session) => sessionFor(caller, session, seen(session))), nextCursor };
  }
}
