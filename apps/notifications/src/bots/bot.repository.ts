import { Injectable } from '@nestjs/common';
import { MoreThan } from 'typeorm';
import { FAILURES_UNTIL_DOWN, type Lane, type LanePlaces } from '#deliveries';
import { newId, type Reader, type Transaction } from '#persistence';
import { spacingMs, type BotRecord } from './bot.js';
import { BotEntity } from './bot.entity.js';

/** The rows of robots. */
@Injectable()
export class BotRepository {
  /** A new robot gets what happens from now on. */
  async insert(manager: Transaction, bot: BotRecord): Promise<void> {
    const now = new Date();
    const [end] = (await manager.query(
      'SELECT greatest((SELECT max(seq) FROM messages), pruned_seq)::text AS seq FROM log_state',
    )) as { seq: string }[];
    await manager.insert(BotEntity, {
      ...bot,
      seq: end?.seq ?? '0',
      lastSuccessAt: now,
      nextAt: now,
      budgetAt: now,
    });
  }

  async update(manager: Transaction, { id, ...columns }: BotRecord): Promise<void> {
    await manager.update(BotEntity, { id }, columns);
  }

  async delete(manager: Transaction, id: string): Promise<void> {
    await manager.delete(BotEntity, { id });
  }

  findOfOwner(manager: Reader, organizationId: string, id: string): Promise<BotRecord | null> {
    return manager.findOneBy(BotEntity, { id, organizationId });
  }

  lock(manager: Transaction, organizationId: string, id: string): Promise<BotRecord | null> {
    return manager.findOne(BotEntity, {
      where: { id, organizationId },
      lock: { mode: 'pessimistic_write' },
    });
  }

  list(
    manager: Reader,
    organizationId: string,
    afterId: string | null,
    maxRows: number,
  ): Promise<BotRecord[]> {
    return manager.find(BotEntity, {
      where: { organizationId, ...(afterId === null ? {} : { id: MoreThan(afterId) }) },
      order: { id: 'ASC' },
      take: maxRows,
    });
  }

  /** Counts under a lock of the owner, so that two that are made at once see each other. */
  async countLocked(manager: Transaction, organizationId: string): Promise<number> {
    await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`bots ${organizationId}`]);
    return manager.countBy(BotEntity, { organizationId });
  }

  /** Forgets what a robot has been through: its owner changed it, or it took a test. */
  async reset(manager: Transaction, id: string): Promise<void> {
    const now = new Date();
    await manager.update(
      BotEntity,
      { id },
      { failures: 0, lastFailureAt: null, lastSuccessAt: now, nextAt: now },
    );
  }

  /** Takes the next place in a robot's budget. @returns when it may be used */
  async takeBudget(manager: Transaction, { id, kind }: BotRecord): Promise<Date> {
    const [rows] = (await manager.query(
      `UPDATE bots SET budget_at = greatest(budget_at, now()) + $2 * interval '1 millisecond'
        WHERE id = $1 RETURNING budget_at - $2 * interval '1 millisecond' AS at`,
      [id, spacingMs(kind)],
    )) as [{ at: Date }[], number];
    return rows[0]?.at ?? new Date();
  }

  /** Robots for which there is something in the log and that may send: locked, and nobody else's. */
  async lockDue(
    manager: Transaction,
    { due, answering, answeringSince, down }: LanePlaces,
  ): Promise<BotEntity[]> {
    const since = new Date(answeringSince ?? 0);
    const isUp = 'bot.failures < :untilDown AND bot.lastSuccessAt >= :since';
    return [
      ...(await this.lockSome(manager, due + answering, isUp, { since })),
      ...(await this.lockSome(manager, down, 'bot.failures >= :untilDown')),
    ];
  }

  private async lockSome(
    manager: Transaction,
    most: number,
    condition: string,
    parameters: object = {},
  ): Promise<BotEntity[]> {
    // TypeORM reads a limit of 0 as none.
    if (most <= 0) return [];
    return manager
      .createQueryBuilder(BotEntity, 'bot')
      .where(`bot.state = 'active' AND bot.nextAt <= now() AND bot.budgetAt <= now()`)
      .andWhere('(bot.leaseUntil IS NULL OR bot.leaseUntil < now())')
      .andWhere(condition, { untilDown: FAILURES_UNTIL_DOWN, ...parameters })
      .andWhere(
        `EXISTS (SELECT 1 FROM messages
                  WHERE messages.organization_id = bot.organization_id AND messages.seq > bot.seq)`,
      )
      .orderBy('bot.nextAt')
      .limit(most)
      .setLock('pessimistic_write')
      .setOnLocked('skip_locked')
      .getMany();
  }

  /** Leases a robot and takes the next place in its budget. @returns the id of the lease */
  async lease(manager: Transaction, bot: BotRecord, leaseMs: number): Promise<string> {
    const leaseId = newId();
    await manager.update(BotEntity, { id: bot.id }, { leaseId, leaseUntil: new Date(Date.now() + leaseMs) });
    await this.takeBudget(manager, bot);
    return leaseId;
  }

  async moveTo(manager: Transaction, id: string, seq: string): Promise<void> {
    await manager.update(BotEntity, { id }, { seq });
  }

  lockLeased(manager: Transaction, id: string, leaseId: string): Promise<BotEntity | null> {
    return manager.findOne(BotEntity, { where: { id, leaseId }, lock: { mode: 'pessimistic_write' } });
  }

  /** Writes what became of a lease and ends it. */
  async settle(
    manager: Transaction,
    bot: BotEntity,
    { lane, seq, sent, state }: { lane: Lane; seq: string; sent: boolean; state: BotRecord['state'] },
  ): Promise<void> {
    const budgetAt = sent
      ? new Date(Math.max(bot.budgetAt.getTime(), Date.now() + spacingMs(bot.kind)))
      : bot.budgetAt;
    await manager.update(
      BotEntity,
      { id: bot.id },
      {
        seq,
        state,
        version: state === bot.state ? bot.version : bot.version + 1,
        budgetAt,
        failures: lane.failuresInARow,
        lastFailureAt: lane.lastFailureAt === null ? null : new Date(lane.lastFailureAt),
        lastSuccessAt: new Date(lane.lastSuccessAt),
        nextAt: new Date(lane.nextAt),
        leaseId: null,
        leaseUntil: null,
      },
    );
  }

  /** When the next robot may send after an instant; both in milliseconds since 1970. */
  async nextDueAt(manager: Reader, after: number): Promise<number | null> {
    const [row] = (await manager.query(
      `SELECT min(at) AS at
         FROM (SELECT greatest(next_at, budget_at, lease_until) AS at FROM bots WHERE state = 'active') AS waits
        WHERE at > $1`,
      [new Date(after)],
    )) as { at: Date | null }[];
    return row?.at?.getTime() ?? null;
  }
}
