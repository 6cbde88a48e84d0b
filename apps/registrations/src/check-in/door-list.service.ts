import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import {
  Id,
  foldText,
  formatInstant,
  type Caller,
  type InputOf,
  type OutputOf,
  type getDoorList,
} from '#contracts';
import { Database, StoredInstant, cutPage, encodeCursor, readCursor } from '#persistence';
import { StopAccess } from '../stops/stop-access.service.js';
import { badgeHashOf, doorVersion, isExpected, lastDigitsOf, type DoorRow } from './door-list.js';
import { DoorListRepository, type ChangePoint, type DoorPosition } from './door-list.repository.js';

type DoorList = OutputOf<typeof getDoorList>;

const History = z.string().max(64);
const Xid = z.string().regex(/^\d{1,20}$/);
const PointKeys = z.tuple([History, Xid]);
const PageKeys = z.tuple([History, Xid, StoredInstant, Id, Id]);
const notAPoint = { parameter: 'since', message: 'must be the asOf of an earlier answer' };

/** Answers the lists with which doors work on without a network. */
@Injectable()
export class DoorListService {
  constructor(
    private readonly database: Database,
    private readonly access: StopAccess,
    private readonly rows: DoorListRepository,
  ) {}

  /** Of several pages, `asOf` is the point of the first: what changes between them comes with the next list. */
  async list(query: InputOf<typeof getDoorList>, caller: Caller): Promise<DoorList> {
    await this.access.atDoor(query.stopId, caller);
    const present = await this.rows.presentPoint(this.database);
    const page = readPage(query.cursor);
    const asOf = page?.asOf ?? present;
    const since = sinceOf(query.since, present);
    const text = query.q === undefined ? null : foldText(query.q);
    const wanted = { stopId: query.stopId, text, ...(since === undefined ? {} : { changedSince: since }) };
    const found = await this.rows.list(this.database, wanted, page?.after ?? null, query.limit + 1);
    const { items, nextCursor } = cutPage(found, query.limit, (row) => [
      ...keysOf(asOf),
      row.createdAt.toISOString(),
      row.registrationId,
      row.delegateId,
    ]);
    return { items: items.map(itemOf), nextCursor, asOf: encodeCursor(keysOf(asOf)) };
  }
}

function keysOf({ history, xid }: ChangePoint): string[] {
  return [history, xid];
}

function readPage(cursor: string | undefined): { asOf: ChangePoint; after: DoorPosition } | null {
  const keys = readCursor(PageKeys, cursor);
  if (keys === undefined) return null;
  const [history, xid, createdAt, registrationId, delegateId] = keys;
  return { asOf: { history, xid }, after: [createdAt, registrationId, delegateId] };
}

/** `null` stands for all changes there ever were: where the point is one of another history, nobody knows better. */
function sinceOf(since: string | undefined, present: ChangePoint): ChangePoint | null | undefined {
  const keys = readCursor(PointKeys, since, notAPoint);
  if (keys === undefined) return undefined;
  const [history, xid] = keys;
  return history === present.history ? { history, xid } : null;
}

function itemOf(row: DoorRow): DoorList['items'][number] {
  return {
    delegateId: row.delegateId,
    registrationId: row.registrationId,
    name: row.name,
    company: { id: row.companyId, name: row.companyName },
    badgeHash: badgeHashOf(row.badge),
    mobileLast4: lastDigitsOf(row),
    state: isExpected(row) ? 'expected' : 'not_valid',
    checkedInAt: row.checkedInAt && formatInstant(row.checkedInAt),
    version: doorVersion(row),
  };
}
