import { Injectable } from '@nestjs/common';
import {
  callerId,
  formatInstant,
  notFound,
  refuseOthersThanOrganizer,
  type Caller,
  type InputOf,
  type OutputOf,
  type listReviews,
  type reviewSession,
} from '#contracts';
import type { CallContext } from '#messaging';
import { UnitOfWork, cutPage, decodeIdCursor, newId, Database, type TransactionContext } from '#persistence';
import type { SessionRecord } from '../sessions/session.js';
import { refuseClosedProgramme } from '../sessions/session-access.js';
import { refuseEnded } from '../sessions/session-lifecycle.js';
import { SessionRepository } from '../sessions/session.repository.js';
import type { ReviewEntity } from './review.entity.js';
import { ReviewRepository } from './review.repository.js';

type ReviewView = OutputOf<typeof reviewSession>;

/** Only organizers review, and an organizer's key belongs to no company: so nobody reviews for its own. */
@Injectable()
export class ReviewService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: Database,
    private readonly sessions: SessionRepository,
    private readonly reviews: ReviewRepository,
  ) {}

  /** Writes the review of the caller's key, or replaces it, until the session or its stop has ended. */
  async put(
    call: CallContext,
    sessionId: string,
    draft: InputOf<typeof reviewSession>['body'],
  ): Promise<ReviewView> {
    return this.unitOfWork.run(call, async (tx) => {
      const { session, stop } = await this.sessions.lock(tx.manager, sessionId);
      refuseOthers(call.caller, session);
      refuseClosedProgramme(stop.state, new Date());
      refuseEnded(session, stop.state.timeZone, new Date());
      const keyId = callerId(call.caller) ?? '';
      const known = await this.reviews.findOfKey(tx.manager, sessionId, keyId);
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
      await this.reviews.save(tx.manager, review);
      record(tx, session, known, review);
      return viewOf(review);
    });
  }

  /** Oldest first, with the mean of all scores rounded to two decimals. */
  async list(caller: Caller, query: InputOf<typeof listReviews>): Promise<OutputOf<typeof listReviews>> {
    const after = decodeIdCursor(query.cursor);
    const manager = this.database;
    const session = await this.sessions.find(manager, query.id);
    refuseOthers(caller, session);
    const rows = await this.reviews.list(manager, session.id, after, query.limit + 1);
    const { items, nextCursor } = cutPage(rows, query.limit, (review) => [review.id]);
    const averageScore = await this.reviews.meanScore(manager, session.id);
    return { items: items.map(viewOf), nextCursor, averageScore };
  }
}

function refuseOthers(caller: Caller, session: SessionRecord | null): asserts session is SessionRecord {
  if (session === null) throw notFound('session');
  refuseOthersThanOrganizer(caller, session, 'session');
}

/** The audit keeps the scores; comments may name people. */
function record(
  tx: TransactionContext,
  session: SessionRecord,
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
