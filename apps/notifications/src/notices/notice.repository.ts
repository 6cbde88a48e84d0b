import { Injectable } from '@nestjs/common';
import type { mailStates } from '#contracts';
import { jsonArray, newId, type Reader, type Transaction } from '#persistence';
import { factsOf, type NoticeKind } from '../templates/mail-kind.js';
import { maxUncertain, type Notice, type Settlement } from './notice.js';
import type { PlannedNotice } from './planned-notice.js';

const columns = `id, kind, priority, recipient, occurrence, organization_id AS "organizationId", stop_id AS "stopId",
  registration_id AS "registrationId", company_id AS "companyId", delegate_id AS "delegateId", session_id AS "sessionId",
  speaker_id AS "speakerId", announcement_id AS "announcementId", address_hash AS "addressHash",
  domain_key AS "domainKey", data, state, reason, due_at AS "dueAt", attempts, uncertain, created_at AS "createdAt", at`;

const leaseMs = 120_000;

/** A planned mail with what the planner worked out besides. */
export type NewNotice = PlannedNotice & {
  readonly organizationId: string;
  readonly domainKey: string | null;
  readonly dueAt: Date;
};

/** One entry in one person's calendar, as a mail is about it. */
export interface EntryOfNotice {
  readonly recipient: string;
  readonly uid: string;
}

/** The rows of mails. */
@Injectable()
export class NoticeRepository {
  /** A notice that exists already is not written again. */
  async insert(manager: Transaction, notices: readonly NewNotice[]): Promise<void> {
    if (notices.length === 0) return;
    await manager.query(
      `INSERT INTO notices (id, kind, priority, recipient, occurrence, organization_id, stop_id, registration_id,
                            company_id, delegate_id, session_id, speaker_id, announcement_id, address_hash, domain_key,
                            data, due_at, state, created_at)
       SELECT *, 'planned', now()
         FROM unnest($1::uuid[], $2::text[], $3::smallint[], $4::text[], $5::text[], $6::uuid[], $7::uuid[], $8::uuid[],
                     $9::uuid[], $10::uuid[], $11::uuid[], $12::uuid[], $13::uuid[], $14::text[], $15::text[],
                     $16::jsonb[], $17::timestamptz[])
       ON CONFLICT DO NOTHING`,
      [
        notices.map(() => newId()),
        notices.map(({ kind }) => kind),
        notices.map(({ kind }) => factsOf(kind).priority),
        notices.map(({ recipient }) => recipient),
        notices.map(({ occurrence }) => occurrence),
        notices.map(({ organizationId }) => organizationId),
        notices.map(({ stopId }) => stopId),
        notices.map(({ registrationId = null }) => registrationId),
        notices.map(({ companyId = null }) => companyId),
        notices.map(({ delegateId = null }) => delegateId),
        notices.map(({ sessionId = null }) => sessionId),
        notices.map(({ speakerId = null }) => speakerId),
        notices.map(({ announcementId = null }) => announcementId),
        notices.map(({ addressHash = null }) => addressHash),
        notices.map(({ domainKey }) => domainKey),
        jsonArray(notices.map(({ data }) => JSON.stringify(data))),
        notices.map(({ dueAt }) => dueAt),
      ],
    );
  }

  /** Drops mails about calendar entries that still wait when newer news of the same entry overtake them. @returns what they were */
  async supersede(
    manager: Transaction,
    entries: readonly EntryOfNotice[],
  ): Promise<(EntryOfNotice & { kind: NoticeKind })[]> {
    if (entries.length === 0) return [];
    const [rows] = (await manager.query(
      `UPDATE notices AS old SET state = 'dropped', reason = 'overtaken by newer news', at = now()
         FROM unnest($1::text[], $2::text[]) AS entry (recipient, uid)
        WHERE old.recipient = entry.recipient AND old.data -> 'calendar' ->> 'uid' = entry.uid
          AND old.state IN ('planned', 'deferred')
       RETURNING old.kind, old.recipient, entry.uid`,
      [entries.map(({ recipient }) => recipient), entries.map(({ uid }) => uid)],
    )) as [(EntryOfNotice & { kind: NoticeKind })[], number];
    return rows;
  }

  /** Whether a mail is due, or one was on its way when its process ended, and the operator holds none back. */
  async hasDue(reader: Reader): Promise<boolean> {
    const [row] = (await reader.query(
      `SELECT NOT EXISTS (SELECT FROM mail_state WHERE held) AND (EXISTS (
          SELECT FROM unnest(ARRAY[0, 1, 2, 3]) AS urgent (priority), LATERAL (
            SELECT FROM notices
             WHERE priority = urgent.priority AND due_at <= now() AND state IN ('planned', 'deferred')
               AND (lease_until IS NULL OR lease_until < now()) LIMIT 1) AS due)
        OR EXISTS (SELECT FROM notices WHERE state = 'sending' AND lease_until < now())) AS "hasDue"`,
    )) as { hasDue: boolean }[];
    return row?.hasDue === true;
  }

  /** Leases mails that are due, the most urgent first, but for providers that are to be left alone. */
  async claim(manager: Transaction, most: number, resting: readonly string[]): Promise<Notice[]> {
    const claimed: Notice[] = [];
    for (const priority of [0, 1, 2, 3]) {
      if (claimed.length >= most) break;
      const [rows] = (await manager.query(
        `UPDATE notices SET lease_until = now() + $1 * interval '1 millisecond'
          WHERE id IN (
            SELECT id FROM notices
             WHERE priority = $2 AND due_at <= now() AND state IN ('planned', 'deferred')
               AND (lease_until IS NULL OR lease_until < now())
               AND (domain_key IS NULL OR domain_key <> ALL ($3))
             ORDER BY due_at, id LIMIT $4 FOR UPDATE SKIP LOCKED)
         RETURNING ${columns}`,
        [leaseMs, priority, resting, most - claimed.length],
      )) as [Notice[], number];
      claimed.push(...rows.toSorted((one, other) => one.dueAt.getTime() - other.dueAt.getTime()));
    }
    return claimed;
  }

  /** Gives back what can't be sent now. */
  async release(manager: Transaction, ids: readonly string[], waitMs: number): Promise<void> {
    await manager.query(
      `UPDATE notices SET lease_until = NULL, due_at = greatest(due_at, now() + $2 * interval '1 millisecond')
        WHERE id = ANY ($1::uuid[]) AND state IN ('planned', 'deferred')`,
      [ids, waitMs],
    );
  }

  /** Says before the server is spoken to that it is. @returns those that nobody stopped meanwhile */
  async markSending(manager: Transaction, ids: readonly string[]): Promise<ReadonlySet<string>> {
    const [rows] = (await manager.query(
      `UPDATE notices SET state = 'sending', lease_until = now() + $2 * interval '1 millisecond', at = now()
        WHERE id = ANY ($1::uuid[]) AND state IN ('planned', 'deferred') RETURNING id`,
      [ids, leaseMs],
    )) as [{ id: string }[], number];
    return new Set(rows.map(({ id }) => id));
  }

  async settle(
    manager: Transaction,
    settled: readonly { id: string; settlement: Settlement }[],
  ): Promise<void> {
    if (settled.length === 0) return;
    await manager.query(
      `UPDATE notices AS notice SET state = done.state, reason = done.reason, lease_until = NULL, at = now(),
              due_at = CASE WHEN done.wait > 0 THEN now() + done.wait * interval '1 millisecond'
                            ELSE notice.due_at END,
              attempts = notice.attempts + done.counts::integer,
              uncertain = notice.uncertain + done.is_uncertain::integer
         FROM unnest($1::uuid[], $2::text[], $3::text[], $4::float8[], $5::boolean[], $6::boolean[])
           AS done (id, state, reason, wait, counts, is_uncertain)
        WHERE notice.id = done.id`,
      [
        settled.map(({ id }) => id),
        settled.map(({ settlement }) => settlement.state),
        settled.map(({ settlement }) => settlement.reason),
        settled.map(({ settlement }) => settlement.waitMs),
        settled.map(({ settlement }) => settlement.counts),
        settled.map(({ settlement }) => settlement.isUncertain),
      ],
    );
  }

  /** Of mails whose process died while it sent them nobody knows whether they arrived: one more try, then no more. */
  async recover(manager: Transaction): Promise<number> {
    const [, count] = (await manager.query(
      `UPDATE notices SET uncertain = uncertain + 1, lease_until = NULL, at = now(),
              state = CASE WHEN uncertain + 1 >= $1 THEN 'failed' ELSE 'planned' END,
              reason = CASE WHEN uncertain + 1 >= $1 THEN 'nobody knows whether it arrived' END
        WHERE state = 'sending' AND lease_until < now()`,
      [maxUncertain],
    )) as [unknown, number];
    return count;
  }

  async list(
    manager: Reader,
    stopId: string,
    states: readonly (typeof mailStates)[number][] | undefined,
    afterId: string | null,
    maxRows: number,
  ): Promise<Notice[]> {
    return (await manager.query(
      `SELECT ${columns} FROM notices
        WHERE stop_id = $1 AND ($2::text[] IS NULL OR CASE state WHEN 'sending' THEN 'planned' ELSE state END = ANY ($2))
          AND ($3::uuid IS NULL OR id > $3)
        ORDER BY id LIMIT $4`,
      [stopId, states ?? null, afterId, maxRows],
    )) as Notice[];
  }

  async lockOne(manager: Transaction, organizationId: string, id: string): Promise<Notice | null> {
    const [row] = (await manager.query(
      `SELECT ${columns} FROM notices WHERE id = $1 AND organization_id = $2 FOR UPDATE`,
      [id, organizationId],
    )) as Notice[];
    return row ?? null;
  }

  async makeDue(manager: Transaction, id: string): Promise<void> {
    await manager.query(
      `UPDATE notices SET state = 'planned', reason = NULL, due_at = now(), lease_until = NULL, uncertain = 0,
              created_at = now() WHERE id = $1`,
      [id],
    );
  }

  /** Rows that nobody asks for any more. */
  async prune(manager: Transaction, before: Date, limit: number): Promise<number> {
    const [, count] = (await manager.query(
      `DELETE FROM notices WHERE id IN (SELECT id FROM notices
         WHERE created_at < $1 AND state IN ('sent', 'failed', 'dropped') LIMIT $2)`,
      [before, limit],
    )) as [unknown, number];
    return count;
  }
}
