import { Injectable } from '@nestjs/common';
import { In, LessThan, MoreThan } from 'typeorm';
import type { deliveryStates } from '#contracts';
import type { Delivery } from '#deliveries';
import { newId, type Reader, type Transaction } from '#persistence';
import { DeliveryEntity } from './delivery.entity.js';

export interface NewDelivery {
  readonly webhookId: string;
  readonly messageId: string;
  readonly seq: string;
  readonly key: string;
}

/** Which of an endpoint's deliveries are listed, from behind which one on. */
export interface DeliveryFilter {
  readonly states: readonly (typeof deliveryStates)[number][] | undefined;
  readonly afterId: string | null;
  readonly isNewestFirst: boolean;
}

/** The status of the last answer, by delivery: what attempts tell beside their outcome. */
export type Statuses = ReadonlyMap<string, number | null>;

/** The rows of deliveries. */
@Injectable()
export class DeliveryRepository {
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

  find(manager: Reader, webhookId: string, id: string): Promise<DeliveryEntity | null> {
    return manager.findOneBy(DeliveryEntity, { webhookId, id });
  }

  list(
    manager: Reader,
    webhookId: string,
    { states, afterId, isNewestFirst }: DeliveryFilter,
    maxRows: number,
  ): Promise<DeliveryEntity[]> {
    const beyond = isNewestFirst ? LessThan : MoreThan;
    return manager.find(DeliveryEntity, {
      where: {
        webhookId,
        ...(states === undefined ? {} : { state: In([...states]) }),
        ...(afterId === null ? {} : { id: beyond(afterId) }),
      },
      order: { id: isNewestFirst ? 'DESC' : 'ASC' },
      take: maxRows,
    });
  }

  /** Writes what became of deliveries. */
  async update(manager: Transaction, deliveries: readonly Delivery[], statuses: Statuses): Promise<void> {
    if (deliveries.length === 0) return;
    const instant = (ms: number | null) => (ms === null || ms === 0 ? null : new Date(ms));
    await manager.query(
      `UPDATE deliveries SET state = new.state, attempts = new.attempts, next_at = new.next_at,
              first_failed_at = new.first_failed_at, refused = new.refused,
              status = CASE WHEN new.attempted THEN new.status ELSE deliveries.status END,
              at = CASE WHEN new.attempted THEN now() ELSE deliveries.at END
         FROM unnest($1::uuid[], $2::text[], $3::integer[], $4::timestamptz[], $5::timestamptz[], $6::boolean[],
                     $7::integer[], $8::boolean[])
           AS new (id, state, attempts, next_at, first_failed_at, refused, status, attempted)
        WHERE deliveries.id = new.id AND deliveries.id = ANY ($1::uuid[])`,
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
