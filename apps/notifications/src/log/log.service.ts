import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { z } from 'zod';
import {
  Id,
  Problem,
  formatInstant,
  type Caller,
  type InputOf,
  type OutputOf,
  type PublicEvent,
  type listEvents,
} from '#contracts';
import { encodeCursor, readCursor, Database, UnitOfWork } from '#persistence';
import { LogRepository, type LogReader } from './log.repository.js';
import type { MessageEntity } from './message.entity.js';

/** Reads of the log. */
@Injectable()
export class LogService implements OnApplicationBootstrap {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly log: LogRepository,
  ) {}

  /** The log begins at the first start: what happened before is not published. */
  async onApplicationBootstrap(): Promise<void> {
    await this.unitOfWork.transaction((manager) => this.log.begin(manager));
  }

  async list(input: InputOf<typeof listEvents>, caller: Caller): Promise<OutputOf<typeof listEvents>> {
    const manager = this.database;
    const afterSeq = await this.positionOf(input.after);
    const messages = await this.log.read(manager, readerOf(caller), {
      afterSeq,
      types: input.types ?? null,
      stopId: input.stopId ?? null,
      limit: input.limit,
    });
    return {
      items: messages.map(publicEventOf),
      nextCursor: encodeCursor([messages.at(-1)?.seq ?? afterSeq]),
    };
  }

  /**
   * The number after which to read: of a cursor, of an event's id, or of the oldest that is kept.
   * @throws Problem `events.cursor_too_old`, or `request.invalid` for what is neither
   */
  async positionOf(after: string | undefined): Promise<string> {
    const manager = this.database;
    const { prunedSeq } = await this.log.state(manager);
    if (after === undefined) return prunedSeq;
    const id = Id.safeParse(after);
    const seq = id.success ? await this.log.seqOf(manager, id.data) : seqOfCursor(after);
    if (seq === undefined) throw tooOld();
    if (BigInt(seq) < BigInt(prunedSeq)) throw tooOld();
    return seq;
  }
}

const SeqCursor = z.tuple([z.string().regex(/^\d{1,18}$/)]);

/** @throws Problem `request.invalid` for a cursor that no list gave out */
function seqOfCursor(after: string): string | undefined {
  const message = 'must be the nextCursor of an earlier answer, or the id of an event';
  return readCursor(SeqCursor, after, { parameter: 'after', message })?.[0];
}

function tooOld(): Problem {
  return new Problem(
    'events.cursor_too_old',
    'Events are kept for 30 days, and this place of the log is no longer kept. Begin without "after", and read the present state of what you follow.',
  );
}

export function readerOf({ role, organizationId, companyId }: Caller): LogReader {
  if (role === 'organizer' && organizationId !== undefined) return { organizationId };
  if (role === 'company' && companyId !== undefined) return { companyId };
  throw new Problem('auth.forbidden', 'Events are for organizers and companies.');
}

/** A message as the outside gets it: CloudEvents 1.0 in JSON. */
export function publicEventOf({ id, type, time, subject, data }: Omit<MessageEntity, 'seq'>): PublicEvent {
  return {
    specversion: '1.0',
    id,
    source: '/waystop',
    type,
    time: formatInstant(time),
    subject,
    datacontenttype: 'application/json',
    data,
  };
}
