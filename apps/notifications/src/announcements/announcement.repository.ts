import { Injectable } from '@nestjs/common';
import type { Reader, Transaction } from '#persistence';
import { MoreThan } from 'typeorm';
import { AnnouncementEntity } from './announcement.entity.js';
import type { AnnouncementRecord, MailCounts } from './announcement.js';

/** The rows of announcements. */
@Injectable()
export class AnnouncementRepository {
  async insert(manager: Transaction, record: AnnouncementRecord): Promise<void> {
    await manager.insert(AnnouncementEntity, record);
  }

  async update(manager: Transaction, { id, ...columns }: AnnouncementRecord): Promise<void> {
    await manager.update(AnnouncementEntity, { id }, columns);
  }

  async find(manager: Reader, organizationId: string, id: string): Promise<AnnouncementRecord | null> {
    return (await manager.findOneBy(AnnouncementEntity, { id, organizationId })) as AnnouncementRecord | null;
  }

  async lock(manager: Transaction, organizationId: string, id: string): Promise<AnnouncementRecord | null> {
    return (await manager.findOne(AnnouncementEntity, {
      where: { id, organizationId },
      lock: { mode: 'pessimistic_write' },
    })) as AnnouncementRecord | null;
  }

  async list(
    manager: Reader,
    stopId: string,
    afterId: string | null,
    maxRows: number,
  ): Promise<AnnouncementRecord[]> {
    return (await manager.find(AnnouncementEntity, {
      where: { stopId, ...(afterId === null ? {} : { id: MoreThan(afterId) }) },
      order: { id: 'ASC' },
      take: maxRows,
    })) as AnnouncementRecord[];
  }

  async counts(manager: Reader, ids: readonly string[]): Promise<ReadonlyMap<string, MailCounts>> {
    const rows = (await manager.query(
      `SELECT announcement_id AS id, count(*) FILTER (WHERE state = 'sent')::integer AS sent,
              count(*) FILTER (WHERE state IN ('planned', 'sending', 'deferred'))::integer AS open
         FROM notices WHERE announcement_id = ANY ($1::uuid[]) GROUP BY announcement_id`,
      [ids],
    )) as ({ id: string } & MailCounts)[];
    return new Map(rows.map(({ id, sent, open }) => [id, { sent, open }]));
  }

  /** Drops what waits to be sent. */
  async dropOpen(manager: Transaction, id: string): Promise<void> {
    await manager.query(
      `UPDATE notices SET state = 'dropped', reason = 'the announcement was stopped', at = now()
        WHERE announcement_id = $1 AND state IN ('planned', 'deferred')`,
      [id],
    );
  }
}
