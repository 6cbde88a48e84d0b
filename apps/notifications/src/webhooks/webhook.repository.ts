import { Injectable } from '@nestjs/common';
import type { Reader, Transaction } from '#persistence';
import { In, MoreThan } from 'typeorm';
import type { WebhookOwner, WebhookRecord } from './webhook.js';
import { WebhookEntity } from './webhook.entity.js';

/** The rows of endpoints. */
@Injectable()
export class WebhookRepository {
  async insert(manager: Transaction, webhook: WebhookRecord): Promise<void> {
    await manager.insert(WebhookEntity, webhook);
  }

  async update(manager: Transaction, { id, ...columns }: WebhookRecord): Promise<void> {
    await manager.update(WebhookEntity, { id }, columns);
  }

  async delete(manager: Transaction, id: string): Promise<void> {
    await manager.delete(WebhookEntity, { id });
  }

  find(manager: Reader, id: string): Promise<WebhookRecord | null> {
    return manager.findOneBy(WebhookEntity, { id });
  }

  findMany(manager: Reader, ids: readonly string[]): Promise<WebhookRecord[]> {
    return manager.findBy(WebhookEntity, { id: In([...ids]) });
  }

  findOfOwner(manager: Reader, owner: WebhookOwner, id: string): Promise<WebhookRecord | null> {
    return manager.findOneBy(WebhookEntity, { id, ...present(owner) });
  }

  /** Locks one endpoint of an owner. */
  lock(manager: Transaction, owner: WebhookOwner | null, id: string): Promise<WebhookRecord | null> {
    return manager.findOne(WebhookEntity, {
      where: { id, ...(owner === null ? {} : present(owner)) },
      lock: { mode: 'pessimistic_write' },
    });
  }

  /** Locks endpoints, always in the same order. @returns those that are there, by id */
  async lockMany(manager: Transaction, ids: readonly string[]): Promise<ReadonlyMap<string, WebhookRecord>> {
    const rows = await manager.find(WebhookEntity, {
      where: { id: In([...ids]) },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
    return new Map(rows.map((row) => [row.id, row]));
  }

  list(
    manager: Reader,
    owner: WebhookOwner,
    afterId: string | null,
    maxRows: number,
  ): Promise<WebhookRecord[]> {
    return manager.find(WebhookEntity, {
      where: { ...present(owner), ...(afterId === null ? {} : { id: MoreThan(afterId) }) },
      order: { id: 'ASC' },
      take: maxRows,
    });
  }

  /** Counts under a lock of the owner, so that two that are made at once see each other. */
  async countLocked(manager: Transaction, owner: WebhookOwner): Promise<number> {
    await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
      `webhooks ${owner.organizationId ?? owner.companyId}`,
    ]);
    return manager.countBy(WebhookEntity, present(owner));
  }

  /**
   * The endpoints that may want messages of these scopes, and for those of companies which of the stops the company is,
   * or was, registered at.
   */
  async findCandidates(
    manager: Reader,
    scopes: { organizationIds: string[]; companyIds: string[]; publicStopIds: string[] },
  ): Promise<
    (Pick<WebhookRecord, 'id' | 'organizationId' | 'companyId' | 'types' | 'stopIds'> & {
      registeredAt: string[];
    })[]
  > {
    return (await manager.query(
      `SELECT id, organization_id AS "organizationId", company_id AS "companyId", types, stop_ids AS "stopIds",
              ARRAY(SELECT stop_id FROM aggregates
                     WHERE kind = 'registration' AND stop_id = ANY ($3) AND company_id = webhooks.company_id)::text[]
                AS "registeredAt"
         FROM webhooks
        WHERE state IN ('active', 'paused')
          AND (organization_id = ANY ($1) OR company_id = ANY ($2)
               OR company_id IN (SELECT company_id FROM aggregates WHERE kind = 'registration' AND stop_id = ANY ($3)))`,
      [scopes.organizationIds, scopes.companyIds, scopes.publicStopIds],
    )) as never;
  }
}

/** The column of the owner that is set: TypeORM refuses a condition that is null. */
function present({ organizationId, companyId }: WebhookOwner) {
  return organizationId !== null ? { organizationId } : { companyId };
}
