import { Injectable } from '@nestjs/common';
import { instantArray, jsonArray, plainArray, textArray, type Reader, type Transaction } from '#persistence';
import { In } from 'typeorm';
import { LogStateEntity } from './log-state.entity.js';
import { MessageEntity } from './message.entity.js';

/** Gives messages their numbers one transaction after the other: a number below a visible one is never seen later. */
const appendLock = 7_246_120;

/** A message that is about to get its number. */
export type NewMessage = Omit<MessageEntity, 'seq'>;

/** Whose messages are read: an organization's, or a company's own and the public ones of its stops. */
export type LogReader = { organizationId: string } | { companyId: string };

/** The rows of the log. */
@Injectable()
export class LogRepository {
  async lockForAppending(manager: Transaction): Promise<void> {
    await manager.query('SELECT pg_advisory_xact_lock($1)', [appendLock]);
  }

  /** Makes the row of the log's state, unless it is there. */
  async begin(manager: Transaction): Promise<void> {
    await manager.query('INSERT INTO log_state (following_since) VALUES (now()) ON CONFLICT DO NOTHING');
  }

  state(manager: Reader): Promise<LogStateEntity> {
    return manager.findOneByOrFail(LogStateEntity, { id: true });
  }

  /** @returns the messages with their numbers, which rise in their order */
  async append(manager: Transaction, messages: readonly NewMessage[]): Promise<MessageEntity[]> {
    const rows = (await manager.query(
      `INSERT INTO messages (id, type, time, subject, organization_id, company_id, stop_id, public, data)
       SELECT id, type, time, subject, organization_id, company_id, stop_id, public, data
         FROM unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::text[], $5::uuid[], $6::uuid[], $7::uuid[],
                     $8::boolean[], $9::jsonb[])
           WITH ORDINALITY AS new (id, type, time, subject, organization_id, company_id, stop_id, public, data, place)
        ORDER BY place
       RETURNING seq, id`,
      [
        plainArray(messages.map(({ id }) => id)),
        textArray(messages.map(({ type }) => type)),
        instantArray(messages.map(({ time }) => time)),
        textArray(messages.map(({ subject }) => subject)),
        plainArray(messages.map(({ organizationId }) => organizationId)),
        plainArray(messages.map(({ companyId }) => companyId)),
        plainArray(messages.map(({ stopId }) => stopId)),
        plainArray(messages.map((message) => message.public)),
        jsonArray(messages.map(({ data }) => JSON.stringify(data))),
      ],
    )) as { seq: string; id: string }[];
    const numbers = new Map(rows.map(({ id, seq }) => [id, seq]));
    return messages.map((message) => ({ ...message, seq: numbers.get(message.id) ?? '0' }));
  }

  /** The messages that a reader may have, after a number, in the order of their numbers. */
  read(
    manager: Reader,
    reader: LogReader,
    {
      afterSeq,
      types,
      stopId,
      limit,
    }: { afterSeq: string; types: string[] | null; stopId: string | null; limit: number },
  ): Promise<MessageEntity[]> {
    const query = this.readable(manager, reader, afterSeq, limit);
    if (stopId !== null) query.andWhere('message.stopId = :stopId', { stopId });
    if (types !== null)
      query.andWhere('message.type LIKE ANY (:patterns)', { patterns: types.map(likePattern) });
    return query.getMany();
  }

  /** The messages of an owner from between two instants, after a number, in the order of their numbers. */
  readBetween(
    manager: Reader,
    reader: LogReader,
    { from, to, afterSeq, limit }: { from: Date; to: Date; afterSeq: string; limit: number },
  ): Promise<MessageEntity[]> {
    return this.readable(manager, reader, afterSeq, limit)
      .andWhere('message.time >= :from AND message.time < :to', { from, to })
      .getMany();
  }

  async findMany(manager: Reader, ids: readonly string[]): Promise<MessageEntity[]> {
    return (await manager.query(
      `SELECT seq, id, type, time, subject, data FROM messages WHERE id = ANY ($1::uuid[])`,
      [ids],
    )) as MessageEntity[];
  }

  async typesOf(manager: Reader, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows = await manager.find(MessageEntity, {
      select: { id: true, type: true },
      where: { id: In([...ids]) },
    });
    return new Map(rows.map(({ id, type }) => [id, type]));
  }

  /** The number of a message; undefined where it is not kept. */
  async seqOf(manager: Reader, id: string): Promise<string | undefined> {
    return (await manager.findOneBy(MessageEntity, { id }))?.seq;
  }

  /** An organization has what is its own; a company its own, and the public messages of the stops it registered for. */
  private readable(manager: Reader, reader: LogReader, afterSeq: string, limit: number) {
    const query = manager
      .createQueryBuilder(MessageEntity, 'message')
      .where('message.seq > :afterSeq', { afterSeq })
      .orderBy('message.seq')
      .limit(limit);
    if ('organizationId' in reader) return query.andWhere('message.organizationId = :organizationId', reader);
    return query.andWhere(
      `(message.companyId = :companyId OR (message.public AND message.stopId IN (
          SELECT stop_id FROM aggregates WHERE kind = 'registration' AND company_id = :companyId)))`,
      reader,
    );
  }

  /** Deletes messages from before an instant. @returns how many */
  async prune(manager: Transaction, before: Date, limit: number): Promise<number> {
    const [row] = (await manager.query(
      `WITH old AS (SELECT seq FROM messages WHERE time < $1 ORDER BY seq LIMIT $2),
            gone AS (DELETE FROM messages USING old WHERE messages.seq = old.seq RETURNING messages.seq),
            noted AS (UPDATE log_state SET pruned_seq = greatest(pruned_seq, (SELECT max(seq) FROM gone))
                       WHERE EXISTS (SELECT 1 FROM gone))
       SELECT count(*)::integer AS count FROM gone`,
      [before, limit],
    )) as { count: number }[];
    return row?.count ?? 0;
  }
}

/** `registration.*` as a pattern of LIKE; the other types hold no character that means something there but `_`. */
function likePattern(type: string): string {
  const literal = type.replaceAll('_', '\\_');
  return literal === '*' ? '%' : literal.replace(/\.\*$/, '.%');
}
