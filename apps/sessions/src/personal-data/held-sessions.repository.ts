import { Injectable } from '@nestjs/common';
import { MoreThan } from 'typeorm';
import { notFound, type Caller, type InputOf, type OutputOf, type exportSessions } from '#contracts';
import { UnitOfWork, cutPage } from '#persistence';
import { idAfter } from '../page-keys.js';
import { sessionFor } from '../sessions/session-access.js';
import { SessionEntity } from '../sessions/session.entity.js';

/** All that is held of a company's proposals, at all stops and in any status. */
@Injectable()
export class HeldSessions {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async page(
    query: InputOf<typeof exportSessions>,
    caller: Caller,
  ): Promise<OutputOf<typeof exportSessions>> {
    const { companyId } = caller;
    if (companyId === undefined) throw notFound('company');
    const after = idAfter(query.cursor);
    const rows = await this.unitOfWork.dataSource.manager.find(SessionEntity, {
      where: { companyId, ...(after === null ? {} : { id: MoreThan(after) }) },
      order: { id: 'ASC' },
      take: query.limit + 1,
    });
    const { items, nextCursor } = cutPage(rows, query.limit, (session) => [session.id]);
    // A company that has proposed something has seen the stop.
    const seen = (session: SessionEntity) => ({ organizationId: session.organizationId, published: true });
    return { items: items.map((session) => sessionFor(caller, session, seen(session))), nextCursor };
  }
}
