import { Injectable } from '@nestjs/common';
import { MoreThan } from 'typeorm';
import type { Transaction, Reader } from '#persistence';
import { ReviewEntity } from './review.entity.js';

/** The rows of reviews. */
@Injectable()
export class ReviewRepository {
  findOfKey(manager: Transaction, sessionId: string, keyId: string): Promise<ReviewEntity | null> {
    return manager.findOneBy(ReviewEntity, { sessionId, keyId });
  }

  async save(manager: Transaction, review: ReviewEntity): Promise<void> {
    await manager.upsert(ReviewEntity, review, ['id']);
  }

  /** Oldest first. */
  list(manager: Reader, sessionId: string, after: string | null, take: number): Promise<ReviewEntity[]> {
    return manager.find(ReviewEntity, {
      where: { sessionId, ...(after === null ? {} : { id: MoreThan(after) }) },
      order: { id: 'ASC' },
      take,
    });
  }

  /** The mean of all scores, rounded to two decimals; null without a review. */
  async meanScore(manager: Reader, sessionId: string): Promise<number | null> {
    const [mean] = (await manager.query(
      'SELECT round(avg(score), 2)::float8 AS score FROM reviews WHERE session_id = $1',
      [sessionId],
    )) as { score: number | null }[];
    return mean?.score ?? null;
  }
}
