import { Injectable } from '@nestjs/common';
import { MoreThan, type EntityManager } from 'typeorm';
import {
  formatInstant,
  notFound,
  type Caller,
  type InputOf,
  type OutputOf,
  type listReviews,
  type reviewSession,
} from '#contracts';
import type { CallContext } from '#messaging';
import { UnitOfWork, cutPage, newId, type TransactionContext } from '#persistence';
import { idAfter } from '../page-keys.js';
import { refuseOthersThanOrganizer } from '../sessions/session-access.js';
import { SessionEntity } from '../sessions/session.entity.js';
import { ReviewEntity } from './review.entity.js';

type ReviewView = OutputOf<typeof reviewSession>;

/** Only organizers review, and an organizer's key belongs to no company: so nobody reviews for its own. */
@Injectable()
export class ReviewRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Writes the review of the caller's key, or replaces it. */
  async put(
    call: CallContext,
    sessionId: string,
    draft: InputOf<typeof reviewSession>['body'],
  ): Promise<ReviewView> {
    return this.unitOfWork.run(call, async (tx) => {
      const session = await this.findSession(tx.manager, call.caller, sessionId, true);
      const keyId = call.caller.keyId ?? '';
      const known = await tx.manager.findOneBy(ReviewEntity, { sessionId, keyId });
      const now = new Date();
      const review = {
        id: known?.id ?? newId(),
        sessionId,
        keyId,
        score: draft.score,
        comment: draft.comment || null,
        createdAt: known?.createdAt ?? now,
        updatedAt: now,
      };
      await tx.manager.upsert(ReviewEntity, review, ['id']);
      record(tx, session, known, review);
      return viewOf(review);
    });
  }

  /** Oldest first, with the mean of all scores rounded to two decimals. */
  async list(caller: Caller, query: InputOf<typeof listReviews>): Promise<OutputOf<typeof listReviews>> {
    const after = idAfter(query.cursor);
    const { manager } = this.unitOfWork.dataSource;
    const session = await this.findSession(manager, caller, query.id, false);
    const rows = await manager.find(ReviewEntity, {
      where: { sessionId: session.id, ...(after === null ? {} : { id: MoreThan(after) }) },
      order: { id: 'ASC' },
      take: query.limit + 1,
    });
    const { items, nextCursor } = cutPage(rows, query.limit, (review) => [review.id]);
    const [mean] = (await manager.query(
      'SELECT round(avg(score), 2)::float8 AS score FROM reviews WHERE session_id = $1',
      [session.id],
    )) as { score: number | null }[];
    return { items: items.map(viewOf), nextCursor, averageScore: mean?.score ?? null };
  }

  /** @param lock one review after the other, so that two first ones of one key don't meet */
  private async findSession(
    manager: EntityManager,
    caller: Caller,
    id: string,
    lock: boolean,
  ): Promise<SessionEntity> {
    const session = await manager.findOne(SessionEntity, {
      where: { id },
      ...(lock ? { lock: { mode: 'pessimistic_write' as const } } : {}),
    });
    if (session === null) throw notFound('session');
    refuseOthersThanOrganizer(caller, session, 'session');
    return session;
  }
}

/** The audit keeps the scores; comments may name people. */
function record(
  tx: TransactionContext,
  session: SessionEntity,
  before: ReviewEntity | null,
  after: { score: number },
): void {
  tx.audit({
    resourceType: 'session',
    resourceId: session.id,
    action: 'session.review',
    organizationId: session.organizationId,
    before: before && { score: before.score },
    after: { score: after.score },
  });
}

function viewOf(review: Omit<ReviewEntity, 'id' | 'sessionId'>): ReviewView {
  return {
    keyId: review.keyId,
    score: review.score,
    comment: review.comment,
    createdAt: formatInstant(review.createdAt),
    updatedAt: formatInstant(review.updatedAt),
  };
}
