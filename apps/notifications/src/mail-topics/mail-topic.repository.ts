import { Injectable } from '@nestjs/common';
import { jsonArray, type Reader, type Transaction } from '#persistence';
import type { FollowUpSnapshot } from './follow-up-snapshot.js';
import { settleMs, type DueFamily, type MailTopic, type TopicFamily, type TopicNews } from './mail-topic.js';

const leaseMs = 60_000;
/** After a failure: most likely another service is unavailable. */
const retryMs = 15_000;

const columns = `family, id, organization_id AS "organizationId", stop_id AS "stopId", news, revision, told AS notified, due_at AS "dueAt"`;

/** The rows of what mails are about. */
@Injectable()
export class MailTopicRepository {
  /**
   * Notes news. Of several pieces the oldest stays, since it says what was before; and they go out together, not sooner
   * than a while after the last mails.
   */
  async note(manager: Transaction, news: readonly TopicNews[]): Promise<void> {
    const rows = merged(news);
    if (rows.length === 0) return;
    await manager.query(
      `INSERT INTO mail_topics AS topic (family, id, organization_id, stop_id, due_at, news)
       SELECT family, id, organization_id, stop_id, now() + settle * interval '1 millisecond', news
         FROM unnest($1::text[], $2::uuid[], $3::uuid[], $4::uuid[], $5::float8[], $6::jsonb[])
           AS new (family, id, organization_id, stop_id, settle, news)
       ON CONFLICT (family, id) DO UPDATE
         SET due_at = least(topic.due_at, greatest(excluded.due_at, topic.told_at + $7 * interval '1 millisecond')),
             news = excluded.news || topic.news,
             revision = topic.revision + 1`,
      [
        rows.map(({ family }) => family),
        rows.map(({ id }) => id),
        rows.map(({ organizationId }) => organizationId),
        rows.map(({ stopId }) => stopId),
        rows.map((row) => row.settleMs),
        jsonArray(rows.map((row) => JSON.stringify(row.news))),
        settleMs,
      ],
    );
  }

  /** One look for all families, since there is nothing most of the time. @returns those with topics to lease */
  async dueFamilies(reader: Reader): Promise<ReadonlySet<DueFamily>> {
    const rows = (await reader.query(
      `SELECT DISTINCT CASE WHEN family LIKE 'reminder-%' THEN 'reminder' ELSE family END AS family
         FROM mail_topics WHERE due_at <= now() AND (lease_until IS NULL OR lease_until < now())`,
    )) as { family: DueFamily }[];
    return new Set(rows.map(({ family }) => family));
  }

  /** Leases topics whose news are settled, of one family, the oldest first. */
  async lease(manager: Transaction, family: DueFamily, most: number): Promise<MailTopic[]> {
    const condition = family === 'reminder' ? `family LIKE 'reminder-%'` : 'family = $2';
    const [rows] = (await manager.query(
      `UPDATE mail_topics SET lease_until = now() + $1 * interval '1 millisecond'
        WHERE (family, id) IN (
          SELECT family, id FROM mail_topics
           WHERE due_at <= now() AND (lease_until IS NULL OR lease_until < now()) AND ${condition}
           ORDER BY due_at LIMIT ${most} FOR UPDATE SKIP LOCKED)
       RETURNING ${columns}`,
      family === 'reminder' ? [leaseMs] : [leaseMs, family],
    )) as [MailTopic[], number];
    return rows;
  }

  /** Locks topics in one order. @returns the state of the last mails about each */
  async lock(manager: Transaction, topics: readonly MailTopic[]): Promise<ReadonlyMap<string, MailTopic>> {
    const rows = (await manager.query(
      `SELECT ${columns} FROM mail_topics WHERE (family, id) IN
         (SELECT * FROM unnest($1::text[], $2::uuid[])) ORDER BY family, id FOR UPDATE`,
      [topics.map(({ family }) => family), topics.map(({ id }) => id)],
    )) as MailTopic[];
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** Stores the state that mails were planned from; news that came meanwhile stay. */
  async settle(
    manager: Transaction,
    topics: readonly { topic: MailTopic; notified: object | null }[],
  ): Promise<void> {
    if (topics.length === 0) return;
    await manager.query(
      `UPDATE mail_topics AS topic
          SET told = done.told, told_at = now(), lease_until = NULL,
              due_at = CASE WHEN topic.revision = done.revision THEN NULL
                            ELSE greatest(topic.due_at, now() + $5 * interval '1 millisecond') END,
              news = CASE WHEN topic.revision = done.revision THEN '{}' ELSE topic.news END
         FROM unnest($1::text[], $2::uuid[], $3::integer[], $4::jsonb[]) AS done (family, id, revision, told)
        WHERE topic.family = done.family AND topic.id = done.id`,
      [
        topics.map(({ topic }) => topic.family),
        topics.map(({ topic }) => topic.id),
        topics.map(({ topic }) => topic.revision),
        jsonArray(topics.map(({ notified }) => (notified === null ? null : JSON.stringify(notified)))),
        settleMs,
      ],
    );
  }

  /** Looks again in a while. */
  async postpone(manager: Transaction, topics: readonly MailTopic[]): Promise<void> {
    await manager.query(
      `UPDATE mail_topics SET lease_until = NULL, due_at = now() + $3 * interval '1 millisecond'
        WHERE (family, id) IN (SELECT * FROM unnest($1::text[], $2::uuid[]))`,
      [topics.map(({ family }) => family), topics.map(({ id }) => id), retryMs],
    );
  }

  /** All registrations of a stop get its news, at once. */
  async noteRegistrationsOf(
    manager: Transaction,
    { organizationId, stopId }: { organizationId: string; stopId: string },
    news: object,
  ): Promise<void> {
    await manager.query(
      `INSERT INTO mail_topics AS topic (family, id, organization_id, stop_id, due_at, news)
       SELECT 'registration', id, $2, $1, now(), $3 FROM aggregates
        WHERE kind = 'registration' AND stop_id = $1 AND snapshot ->> 'status' NOT IN ('declined')
        ORDER BY id
       ON CONFLICT (family, id) DO UPDATE
         SET due_at = now(), news = excluded.news || topic.news, revision = topic.revision + 1`,
      [stopId, organizationId, JSON.stringify(news)],
    );
  }

  /** Meetings whose people were told of them look again when these registrations have other people. */
  async noteMeetingsOf(
    manager: Transaction,
    stopIds: readonly string[],
    registrationIds: readonly string[],
  ): Promise<void> {
    if (registrationIds.length === 0) return;
    await manager.query(
      `UPDATE mail_topics SET due_at = least(due_at, now()), revision = revision + 1
        WHERE (family, id) IN (
          SELECT family, id FROM mail_topics
           WHERE family = 'meeting' AND stop_id = ANY ($1::uuid[]) AND EXISTS (
             SELECT 1 FROM jsonb_array_elements(told -> 'people') AS one
              WHERE one ->> 'registrationId' = ANY ($2))
           ORDER BY family, id FOR UPDATE)`,
      [stopIds, registrationIds],
    );
  }

  /** The same for all meetings of a stop that has another place. */
  async noteMeetingsOfStop(manager: Transaction, stopId: string): Promise<void> {
    await manager.query(
      `UPDATE mail_topics SET due_at = least(due_at, now()), revision = revision + 1
        WHERE (family, id) IN (SELECT family, id FROM mail_topics WHERE family = 'meeting' AND stop_id = $1
                                ORDER BY family, id FOR UPDATE)`,
      [stopId],
    );
  }

  /** Says when a topic of a stop is due, whatever was said before; null for never. */
  async setDue(
    manager: Transaction,
    topic: Pick<MailTopic, 'family' | 'id' | 'organizationId' | 'stopId'>,
    dueAt: Date | null,
  ): Promise<void> {
    await manager.query(
      `INSERT INTO mail_topics AS topic (family, id, organization_id, stop_id, due_at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (family, id) DO UPDATE SET due_at = excluded.due_at, revision = topic.revision + 1
         WHERE topic.due_at IS DISTINCT FROM excluded.due_at`,
      [topic.family, topic.id, topic.organizationId, topic.stopId, dueAt],
    );
  }

  /** Reminders of a stop that are not to be sent any more: others than these, or at other times. */
  async clearReminders(
    manager: Transaction,
    stopId: string,
    due: readonly { family: TopicFamily; at: Date }[],
  ): Promise<void> {
    await manager.query(
      `UPDATE mail_topics AS topic SET due_at = NULL
        WHERE id = $1 AND family LIKE 'reminder-%' AND due_at IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM unnest($2::text[], $3::timestamptz[]) AS due (family, at)
                           WHERE due.family = topic.family AND due.at = topic.due_at)`,
      [stopId, due.map(({ family }) => family), due.map(({ at }) => at)],
    );
  }

  /** Stops that were published before mails were sent here get their reminders, too. */
  async adoptStops(manager: Transaction): Promise<void> {
    await manager.query(
      `INSERT INTO mail_topics (family, id, organization_id, stop_id, due_at)
       SELECT 'stop', a.id, s.organization_id, a.id, now()
         FROM aggregates a JOIN stops s ON s.stop_id = a.id
        WHERE a.kind = 'stop' AND a.snapshot ->> 'status' = 'published'
          AND (a.snapshot ->> 'startsAt')::timestamptz > now()
       ON CONFLICT DO NOTHING`,
    );
  }

  /** What is known of a follow-up; nothing waits in one that is not known. */
  async findFollowUp(manager: Reader, id: string): Promise<FollowUpSnapshot> {
    const rows = (await manager.query(
      `SELECT snapshot FROM aggregates WHERE kind = 'follow-up' AND id = $1`,
      [id],
    )) as { snapshot: FollowUpSnapshot }[];
    return rows[0]?.snapshot ?? { waiting: null, companies: [] };
  }
}

/** One row a topic: a statement may not change a row twice. */
function merged(news: readonly TopicNews[]): TopicNews[] {
  const rows = new Map<string, TopicNews>();
  for (const one of news) {
    const key = `${one.family} ${one.id}`;
    const before = rows.get(key);
    rows.set(
      key,
      before === undefined
        ? one
        : {
            ...before,
            settleMs: Math.min(before.settleMs, one.settleMs),
            news: { ...one.news, ...before.news },
          },
    );
  }
  return [...rows.values()].toSorted((one, other) =>
    `${one.family} ${one.id}` < `${other.family} ${other.id}` ? -1 : 1,
  );
}
