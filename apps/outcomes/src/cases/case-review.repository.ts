import { Injectable } from '@nestjs/common';
import { formatInstant, type CaseReview } from '#contracts';
import type { Reader, Transaction } from '#persistence';

interface Row {
  reviewerId: string;
  score: number | null;
  comment: string | null;
  createdAt: Date;
  updatedAt: Date;
}

interface GivenReview {
  readonly reviewerId: string;
  readonly score: number | null;
  readonly comment: string | null | undefined;
}

const columns = `reviewer_id AS "reviewerId", score, comment, created_at AS "createdAt", updated_at AS "updatedAt"`;

/** The rows of what reviewers say of cases. */
@Injectable()
export class CaseReviewRepository {
  /** One for each reviewer: a later one replaces it, but for a comment that it leaves out. */
  async upsert(
    manager: Transaction,
    caseId: string,
    { reviewerId, score, comment }: GivenReview,
    now: Date,
  ): Promise<CaseReview> {
    const rows = (await manager.query(
      `INSERT INTO case_reviews (case_id, reviewer_id, score, comment, created_at, updated_at)
       VALUES ($1, $2, $3, $4, $5, $5)
       ON CONFLICT (case_id, reviewer_id) DO UPDATE SET score = excluded.score,
         comment = CASE WHEN $6 THEN excluded.comment ELSE case_reviews.comment END,
         updated_at = excluded.updated_at RETURNING ${columns}`,
      [caseId, reviewerId, score, comment ?? null, now, comment !== undefined],
    )) as [Row];
    return shown(rows[0]);
  }

  async list(
    manager: Reader,
    caseId: string,
    { after, take }: { after: string | null; take: number },
  ): Promise<CaseReview[]> {
    const rows = (await manager.query(
      `SELECT ${columns} FROM case_reviews WHERE case_id = $1 AND ($2::uuid IS NULL OR reviewer_id > $2)
        ORDER BY reviewer_id LIMIT $3`,
      [caseId, after, take],
    )) as Row[];
    return rows.map(shown);
  }

  async scoresOf(manager: Reader, caseId: string): Promise<(number | null)[]> {
    const rows = (await manager.query(`SELECT score FROM case_reviews WHERE case_id = $1`, [caseId])) as {
      score: number | null;
    }[];
    return rows.map(({ score }) => score);
  }
}

function shown({ reviewerId, score, comment, createdAt, updatedAt }: Row): CaseReview {
  return {
    reviewerId,
    score,
    conflictOfInterest: score === null,
    comment,
    createdAt: formatInstant(createdAt),
    updatedAt: formatInstant(updatedAt),
  };
}
