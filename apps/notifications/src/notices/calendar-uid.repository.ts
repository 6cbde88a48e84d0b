import { Injectable } from '@nestjs/common';
import type { Reader, Transaction } from '#persistence';
import type { CalendarUid } from './planned-notice.js';

/** The rows of entries in people's calendars. */
@Injectable()
export class CalendarUidRepository {
  async ofTopics(manager: Reader, topicIds: readonly string[]): Promise<CalendarUid[]> {
    return (await manager.query(
      `SELECT uid, topic_id AS "topicId", recipient_id AS "recipientId", address_hash AS "addressHash", sequence,
              fingerprint, state, since
         FROM calendar_uids WHERE topic_id = ANY ($1::uuid[])`,
      [topicIds],
    )) as CalendarUid[];
  }

  async save(manager: Transaction, uids: readonly CalendarUid[]): Promise<void> {
    if (uids.length === 0) return;
    const rows = uids.toSorted((one, other) => (one.uid < other.uid ? -1 : 1));
    await manager.query(
      `INSERT INTO calendar_uids AS old (uid, topic_id, recipient_id, address_hash, sequence, fingerprint, state, since)
       SELECT * FROM unnest($1::text[], $2::uuid[], $3::uuid[], $4::text[], $5::integer[], $6::text[], $7::text[],
                            $8::timestamptz[])
       ON CONFLICT (uid) DO UPDATE
         SET sequence = greatest(old.sequence, excluded.sequence), fingerprint = excluded.fingerprint,
             state = excluded.state, since = excluded.since`,
      [
        rows.map(({ uid }) => uid),
        rows.map(({ topicId }) => topicId),
        rows.map(({ recipientId }) => recipientId),
        rows.map(({ addressHash }) => addressHash),
        rows.map(({ sequence }) => sequence),
        rows.map(({ fingerprint }) => fingerprint),
        rows.map(({ state }) => state),
        rows.map(({ since }) => since),
      ],
    );
  }
}
