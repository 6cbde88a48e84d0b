import { Injectable } from '@nestjs/common';
import {
  callerId,
  type CaseReview,
  type InputOf,
  type OutputOf,
  type listCaseReviews,
  type reviewCase,
} from '#contracts';
import type { CallContext } from '#messaging';
import { Database, UnitOfWork, cutPage, decodeIdCursor } from '#persistence';
import { LedgerJournal } from '../ledger/ledger-journal.service.js';
import { averageOf, refuseLateReview } from './case.js';
import { CaseReviewRepository } from './case-review.repository.js';
import { CaseRepository } from './case.repository.js';
import { CaseService } from './case.service.js';

/** What reviewers say of nominated cases. */
@Injectable()
export class CaseReviewService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: Database,
    private readonly cases: CaseService,
    private readonly caseRows: CaseRepository,
    private readonly reviews: CaseReviewRepository,
    private readonly journal: LedgerJournal,
  ) {}

  async review(call: CallContext, id: string, body: InputOf<typeof reviewCase>['body']): Promise<CaseReview> {
    await this.cases.findOwn(call, id);
    const score = 'score' in body ? body.score : null;
    const reviewerId = callerId(call.caller) ?? '';
    return this.unitOfWork.run(call, async (tx) => {
      const reviewed = await this.caseRows.lock(tx.manager, id);
      refuseLateReview(reviewed);
      const review = { reviewerId, score, comment: body.comment };
      const saved = await this.reviews.upsert(tx.manager, id, review, new Date());
      const after = { score, conflictOfInterest: score === null };
      this.journal.record(tx, 'case.review', reviewed, null, after);
      return saved;
    });
  }

  async list(
    call: CallContext,
    query: InputOf<typeof listCaseReviews>,
  ): Promise<OutputOf<typeof listCaseReviews>> {
    await this.cases.findOwn(call, query.id);
    const page = { after: decodeIdCursor(query.cursor), take: query.limit + 1 };
    const rows = await this.reviews.list(this.database, query.id, page);
    const scores = await this.reviews.scoresOf(this.database, query.id);
    return {
      ...cutPage(rows, query.limit, ({ reviewerId }) => [reviewerId]),
      averageScore: averageOf(scores),
    };
  }
}
