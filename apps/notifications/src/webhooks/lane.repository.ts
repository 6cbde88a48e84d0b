import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { FAILURES_UNTIL_DOWN, type Delivery, type Lane, type LanePlaces, type LeasedLane } from '#deliveries';
import { newId, type Reader, type Transaction } from '#persistence';
import type { DeliveryEntity } from './delivery.entity.js';
import { LaneEntity } from './lane.entity.js';

/** Deliveries that are read at the head of a lane. */
const headSize = 250;

/** A lane with its head, and the messages of the deliveries there. */
export interface HeadLane extends LeasedLane {
  readonly leaseId: string;
  /** By the deliveries' ids. */
  readonly messageIds: ReadonlyMap<string, string>;
}

/** What is written of a lane after it was worked on. */
export interface SettledLane {
  readonly id: string;
  readonly lane: Lane;
  /** Whether something may be sent there from now on. */
  readonly sends: boolean;
}

/** Which lanes are leased of those that are due. */
interface Selection {
  readonly most: number;
  readonly condition: 'failures < $4' | 'failures >= $4';
  readonly order: string;
  /** Those that took a message before this are left out. */
  readonly answeringSince: Date | null;
}

/** The rows of lanes: what endpoints have been through, and which worker has them. */
@Injectable()
export class LaneRepository {
  async insert(manager: Transaction, webhookId: string): Promise<void> {
    await manager.query(
      'INSERT INTO lanes (webhook_id, last_success_at, next_at) VALUES ($1, now(), now())',
      [webhookId],
    );
  }

  /**
   * Lets the lanes of these endpoints be looked at as soon as their waits allow. Each statement reads one table by a list of
   * ids: a join would be planned by statistics, and a thousand endpoints can be there before these know of ten.
   */
  async makeDue(manager: Transaction, webhookIds: readonly string[]): Promise<void> {
    await manager.query(
      'SELECT FROM lanes WHERE webhook_id = ANY ($1::uuid[]) ORDER BY webhook_id FOR UPDATE',
      [webhookIds],
    );
    await manager.query(
      `UPDATE lanes SET due_at = least(due_at, greatest(next_at, now()))
        WHERE webhook_id = ANY ($1::uuid[])
          AND (SELECT state FROM webhooks WHERE id = webhook_id) IN ('pending', 'active')`,
      [webhookIds],
    );
  }

  /** Forgets what an endpoint has been through: its owner enabled it. */
  async reset(manager: Transaction, webhookId: string): Promise<void> {
    await manager.query(
      `UPDATE lanes SET failures = 0, last_failure_at = NULL, last_success_at = now(), next_at = now(), due_at = now()
        WHERE webhook_id = $1`,
      [webhookId],
    );
  }

  /** Nothing is due there until it is made so again. */
  async rest(manager: Transaction, webhookId: string): Promise<void> {
    await manager.update(LaneEntity, { webhookId }, { dueAt: null });
  }

  /** Leases lanes that are due, as many of each sort as have places. */
  async lease(manager: Transaction, places: LanePlaces, leaseMs: number): Promise<HeadLane[]> {
    const leaseId = newId();
    // A delivery that was made while its owner paused the endpoint may have made the lane due after the pause.
    await manager.query(
      `UPDATE lanes SET due_at = NULL FROM webhooks
        WHERE id = webhook_id AND due_at <= now() AND state NOT IN ('pending', 'active')`,
    );
    const answeringSince = places.answeringSince === null ? null : new Date(places.answeringSince);
    const latest = { most: places.answering, order: 'last_success_at DESC', answeringSince };
    const inTurn = { order: 'due_at', answeringSince: null };
    const lease = { leaseId, leaseMs };
    const ids = [
      ...(await this.take(manager, lease, { ...latest, condition: 'failures < $4' })),
      ...(await this.take(manager, lease, { ...inTurn, most: places.due, condition: 'failures < $4' })),
      ...(await this.take(manager, lease, { ...inTurn, most: places.down, condition: 'failures >= $4' })),
    ];
    return ids.length === 0 ? [] : this.readLanes(manager, ids, leaseId);
  }

  /** Locks lanes whose leases are still these. @returns the leases by lane */
  async lockLeased(
    manager: Transaction,
    leased: readonly Pick<HeadLane, 'id' | 'leaseId'>[],
  ): Promise<ReadonlyMap<string, string>> {
    const rows = (await manager.query(
      `SELECT webhook_id AS id, lease_id AS "leaseId" FROM lanes
         JOIN unnest($1::uuid[], $2::uuid[]) AS leased (id, lease) ON webhook_id = leased.id AND lease_id = lease
        ORDER BY webhook_id FOR UPDATE OF lanes`,
      [leased.map(({ id }) => id), leased.map(({ leaseId }) => leaseId)],
    )) as { id: string; leaseId: string }[];
    return new Map(rows.map(({ id, leaseId }) => [id, leaseId]));
  }

  /**
   * Writes what became of lanes, and when each is due again: as `nextAttemptAt` says it, of the first delivery of each key
   * at the head.
   */
  async settle(manager: Transaction, settled: readonly SettledLane[]): Promise<void> {
    const instant = (ms: number | null) => (ms === null ? null : new Date(ms));
    await manager.query(
      `WITH settled AS MATERIALIZED (
         SELECT done.*, first.at AS first_at
           FROM unnest($1::uuid[], $2::integer[], $3::timestamptz[], $4::timestamptz[], $5::timestamptz[], $6::boolean[])
                  AS done (id, failures, last_failure_at, last_success_at, next_at, sends)
          CROSS JOIN LATERAL (
            SELECT min(coalesce(of_key.next_at, '-infinity')) AS at
              FROM (SELECT DISTINCT ON (head.key) head.next_at
                      FROM (SELECT key, seq, next_at FROM deliveries
                             WHERE webhook_id = done.id AND state = 'waiting' ORDER BY seq LIMIT $7) AS head
                     ORDER BY head.key, head.seq) AS of_key) AS first)
       UPDATE lanes SET failures = settled.failures, last_failure_at = settled.last_failure_at,
              last_success_at = settled.last_success_at, next_at = settled.next_at, lease_id = NULL, lease_until = NULL,
              due_at = CASE WHEN sends AND first_at IS NOT NULL THEN greatest(settled.next_at, first_at) END
         FROM settled WHERE lanes.webhook_id = settled.id AND lanes.webhook_id = ANY ($1::uuid[])`,
      [
        settled.map(({ id }) => id),
        settled.map(({ lane }) => lane.failuresInARow),
        settled.map(({ lane }) => instant(lane.lastFailureAt)),
        settled.map(({ lane }) => instant(lane.lastSuccessAt)),
        settled.map(({ lane }) => instant(lane.nextAt)),
        settled.map(({ sends }) => sends),
        headSize,
      ],
    );
  }

  /** When the next lane becomes due after an instant; both in milliseconds since 1970. */
  async nextDueAt(manager: Reader, after: number): Promise<number | null> {
    const [row] = (await manager.query(
      `SELECT min(greatest(due_at, lease_until)) AS at FROM lanes
        WHERE due_at IS NOT NULL AND greatest(due_at, lease_until) > $1`,
      [new Date(after)],
    )) as { at: Date | null }[];
    return row?.at?.getTime() ?? null;
  }

  private async take(
    manager: Transaction,
    { leaseId, leaseMs }: { leaseId: string; leaseMs: number },
    { most, condition, order, answeringSince }: Selection,
  ): Promise<string[]> {
    if (most <= 0) return [];
    const [rows] = (await manager.query(
      `UPDATE lanes SET lease_id = $1, lease_until = now() + $2 * interval '1 millisecond'
        WHERE webhook_id = ANY (ARRAY (
          SELECT webhook_id FROM lanes
           WHERE due_at <= now() AND (lease_until IS NULL OR lease_until < now()) AND ${condition}
             AND ($5::timestamptz IS NULL OR last_success_at >= $5)
           ORDER BY ${order} LIMIT $3 FOR UPDATE SKIP LOCKED))
      RETURNING webhook_id AS "webhookId"`,
      [leaseId, leaseMs, most, FAILURES_UNTIL_DOWN, answeringSince],
    )) as [{ webhookId: string }[], number];
    return rows.map(({ webhookId }) => webhookId);
  }

  private async readLanes(
    manager: Reader,
    webhookIds: readonly string[],
    leaseId: string,
  ): Promise<HeadLane[]> {
    const lanes = await manager.findBy(LaneEntity, { webhookId: In([...webhookIds]) });
    const heads = Map.groupBy(await this.readHeads(manager, webhookIds), ({ webhookId }) => webhookId);
    return lanes.map((lane) => {
      const head = heads.get(lane.webhookId) ?? [];
      return {
        id: lane.webhookId,
        leaseId,
        lane: laneOf(lane),
        waiting: head.map(deliveryOf),
        messageIds: new Map(head.map(({ id, messageId }) => [id, messageId])),
      };
    });
  }

  private async readHeads(manager: Reader, webhookIds: readonly string[]): Promise<DeliveryEntity[]> {
    return (await manager.query(
      `SELECT head.id, head.webhook_id AS "webhookId", head.message_id AS "messageId", head.key, head.seq, head.attempts,
              head.waiting_since AS "waitingSince", head.first_failed_at AS "firstFailedAt",
              head.next_at AS "nextAt", head.refused
         FROM unnest($1::uuid[]) AS wanted (webhook_id)
        CROSS JOIN LATERAL (SELECT * FROM deliveries
                             WHERE deliveries.webhook_id = wanted.webhook_id AND state = 'waiting'
                             ORDER BY seq LIMIT $2) AS head
        ORDER BY head.webhook_id, head.seq`,
      [webhookIds, headSize],
    )) as DeliveryEntity[];
  }
}

function laneOf({ failures, lastFailureAt, lastSuccessAt, nextAt }: LaneEntity): Lane {
  return {
    state: 'active',
    failuresInARow: failures,
    lastFailureAt: lastFailureAt?.getTime() ?? null,
    lastSuccessAt: lastSuccessAt.getTime(),
    nextAt: nextAt.getTime(),
  };
}

function deliveryOf(row: DeliveryEntity): Delivery {
  return {
    id: row.id,
    key: row.key,
    position: Number(row.seq),
    state: 'waiting',
    attempts: row.attempts,
    createdAt: row.waitingSince.getTime(),
    firstFailedAt: row.firstFailedAt?.getTime() ?? null,
    nextAt: row.nextAt?.getTime() ?? 0,
    refused: row.refused,
  };
}
