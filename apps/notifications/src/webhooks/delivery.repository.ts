import { Injectable } from '@nestjs/common';
import { In, MoreThan } from 'typeorm';
import type { deliveryStates } from '#contracts';
import type { Delivery, Lane, LaneResult, LeasedLane } from '#deliveries';
import { newId, type Reader, type Transaction } from '#persistence';
import { DeliveryEntity } from './delivery.entity.js';
import { LaneEntity } from './lane.entity.js';

/** Deliveries that are read at the head of a lane. */
const headSize = 250;

export interface NewDelivery {
  readonly webhookId: string;
  readonly messageId: string;
  readonly seq: string;
  readonly key: string;
}

/** A lane with its head, and the messages of the deliveries there. */
export interface HeadLane extends LeasedLane {
  /** By the deliveries' ids. */
  readonly messageIds: ReadonlyMap<string, string>;
}

/** The status of the last answer, by delivery: what attempts tell beside their outcome. */
export type Statuses = ReadonlyMap<string, number | null>;

/** The rows of lanes and deliveries. */
@Injectable()
export class DeliveryRepository {
  async insertLane(manager: Transaction, webhookId: string): Promise<void> {
    await manager.query(
      'INSERT INTO lanes (webhook_id, last_success_at, next_at) VALUES ($1, now(), now())',
      [webhookId],
    );
  }

  /**
   * Makes deliveries that are not there yet, and lets those that are there and ended wait again.
   * @returns how many wait that did not wait before
   */
  async insert(manager: Transaction, deliveries: readonly NewDelivery[]): Promise<number> {
    const rows = (await manager.query(
      `INSERT INTO deliveries (id, webhook_id, message_id, seq, key, state, waiting_since, at)
       SELECT id, webhook, message, seq, key, 'waiting', now(), now()
         FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[], $5::text[])
           AS new (id, webhook, message, seq, key)
       ON CONFLICT (webhook_id, message_id) DO UPDATE
         SET state = 'waiting', waiting_since = now(), next_at = NULL, first_failed_at = NULL, refused = false
         WHERE deliveries.state <> 'waiting'
       RETURNING id`,
      [
        deliveries.map(() => newId()),
        deliveries.map(({ webhookId }) => webhookId),
        deliveries.map(({ messageId }) => messageId),
        deliveries.map(({ seq }) => seq),
        deliveries.map(({ key }) => key),
      ],
    )) as { id: string }[];
    return rows.length;
  }

  /** Lets the lanes of these endpoints be looked at as soon as their waits allow. */
  async makeDue(manager: Transaction, webhookIds: readonly string[]): Promise<void> {
    await manager.query(
      `UPDATE lanes SET due_at = least(due_at, greatest(next_at, now()))
        WHERE webhook_id IN (SELECT webhook_id FROM lanes JOIN webhooks ON id = webhook_id
                              WHERE webhook_id = ANY ($1::uuid[]) AND state IN ('pending', 'active')
                              ORDER BY webhook_id FOR UPDATE OF lanes)`,
      [webhookIds],
    );
  }

  /** Forgets what an endpoint has been through: its owner enabled it. */
  async resetLane(manager: Transaction, webhookId: string): Promise<void> {
    await manager.query(
      `UPDATE lanes SET failures = 0, last_failure_at = NULL, last_success_at = now(), next_at = now(), due_at = now()
        WHERE webhook_id = $1`,
      [webhookId],
    );
  }

  /** Leases lanes that are due. Those in trouble have a limit of their own, so that the dead can't take all places. */
  async lease(
    manager: Transaction,
    { most, mostDown, leaseMs }: { most: number; mostDown: number; leaseMs: number },
  ): Promise<(HeadLane & { leaseId: string })[]> {
    const leaseId = newId();
    // A delivery that was made while its owner paused the endpoint may have made the lane due after the pause.
    await manager.query(
      `UPDATE lanes SET due_at = NULL FROM webhooks
        WHERE id = webhook_id AND due_at <= now() AND state NOT IN ('pending', 'active')`,
    );
    const take = async (condition: string, limit: number) =>
      limit <= 0
        ? []
        : (
            (await manager.query(
              `UPDATE lanes SET lease_id = $1, lease_until = now() + $2 * interval '1 millisecond'
              WHERE webhook_id IN (
                SELECT webhook_id FROM lanes
                 WHERE due_at <= now() AND (lease_until IS NULL OR lease_until < now()) AND ${condition}
                 ORDER BY due_at LIMIT $3 FOR UPDATE SKIP LOCKED)
            RETURNING webhook_id AS "webhookId"`,
              [leaseId, leaseMs, limit],
            )) as [{ webhookId: string }[], number]
          )[0];
    const healthy = await take('failures = 0', most);
    const troubled = await take('failures > 0', Math.min(mostDown, most - healthy.length));
    const ids = [...healthy, ...troubled].map(({ webhookId }) => webhookId);
    return (await this.readLanes(manager, ids)).map((lane) => ({ ...lane, leaseId }));
  }

  /**
   * Writes what became of a lane, if its lease is still this one.
   * @param dueAt when the lane can be worked on again; null where nothing waits
   */
  async settle(
    manager: Transaction,
    leased: { id: string; leaseId: string },
    { lane, deliveries }: Pick<LaneResult<unknown>, 'lane' | 'deliveries'>,
    statuses: Statuses,
  ): Promise<boolean> {
    const held = await manager.findOne(LaneEntity, {
      where: { webhookId: leased.id, leaseId: leased.leaseId },
      lock: { mode: 'pessimistic_write' },
    });
    if (held === null) return false;
    if (deliveries.length > 0) await this.update(manager, deliveries, statuses);
    await manager.update(
      LaneEntity,
      { webhookId: leased.id },
      {
        failures: lane.failuresInARow,
        lastFailureAt: lane.lastFailureAt === null ? null : new Date(lane.lastFailureAt),
        lastSuccessAt: new Date(lane.lastSuccessAt),
        nextAt: new Date(lane.nextAt),
        leaseId: null,
        leaseUntil: null,
      },
    );
    return true;
  }

  async setDueAt(manager: Transaction, webhookId: string, dueAt: number | null): Promise<void> {
    await manager.update(LaneEntity, { webhookId }, { dueAt: dueAt === null ? null : new Date(dueAt) });
  }

  /** Lanes and the deliveries at their heads, as the rules see them. */
  async readLanes(manager: Reader, webhookIds: readonly string[]): Promise<HeadLane[]> {
    const lanes = await manager.findBy(LaneEntity, { webhookId: In([...webhookIds]) });
    const heads = Map.groupBy(await this.readHeads(manager, webhookIds), ({ webhookId }) => webhookId);
    return lanes.map((lane) => {
      const head = heads.get(lane.webhookId) ?? [];
      return {
        id: lane.webhookId,
        lane: laneOf(lane),
        waiting: head.map(deliveryOf),
        messageIds: new Map(head.map(({ id, messageId }) => [id, messageId])),
      };
    });
  }

  /** A lane as it stands; null where its endpoint is gone. */
  async readLane(manager: Reader, webhookId: string): Promise<LeasedLane | null> {
    return (await this.readLanes(manager, [webhookId]))[0] ?? null;
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

  /** When the next lane is due, in milliseconds since 1970. */
  async nextDueAt(manager: Reader): Promise<number | null> {
    const [row] = (await manager.query(
      `SELECT min(greatest(due_at, lease_until)) AS at FROM lanes WHERE due_at IS NOT NULL`,
    )) as { at: Date | null }[];
    return row?.at?.getTime() ?? null;
  }

  find(manager: Reader, webhookId: string, id: string): Promise<DeliveryEntity | null> {
    return manager.findOneBy(DeliveryEntity, { webhookId, id });
  }

  list(
    manager: Reader,
    webhookId: string,
    state: (typeof deliveryStates)[number] | undefined,
    afterId: string | null,
    maxRows: number,
  ): Promise<DeliveryEntity[]> {
    return manager.find(DeliveryEntity, {
      where: {
        webhookId,
        ...(state === undefined ? {} : { state }),
        ...(afterId === null ? {} : { id: MoreThan(afterId) }),
      },
      order: { id: 'ASC' },
      take: maxRows,
    });
  }

  private async update(
    manager: Transaction,
    deliveries: readonly Delivery[],
    statuses: Statuses,
  ): Promise<void> {
    const instant = (ms: number | null) => (ms === null || ms === 0 ? null : new Date(ms));
    await manager.query(
      `UPDATE deliveries SET state = new.state, attempts = new.attempts, next_at = new.next_at,
              first_failed_at = new.first_failed_at, refused = new.refused,
              status = CASE WHEN new.attempted THEN new.status ELSE deliveries.status END,
              at = CASE WHEN new.attempted THEN now() ELSE deliveries.at END
         FROM unnest($1::uuid[], $2::text[], $3::integer[], $4::timestamptz[], $5::timestamptz[], $6::boolean[],
                     $7::integer[], $8::boolean[])
           AS new (id, state, attempts, next_at, first_failed_at, refused, status, attempted)
        WHERE deliveries.id = new.id`,
      [
        deliveries.map(({ id }) => id),
        deliveries.map(({ state }) => state),
        deliveries.map(({ attempts }) => attempts),
        deliveries.map(({ nextAt }) => instant(nextAt)),
        deliveries.map(({ firstFailedAt }) => instant(firstFailedAt)),
        deliveries.map(({ refused }) => refused),
        deliveries.map(({ id }) => statuses.get(id) ?? null),
        deliveries.map(({ id }) => statuses.has(id)),
      ],
    );
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
