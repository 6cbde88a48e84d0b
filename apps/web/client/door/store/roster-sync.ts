import type { Answer } from '../rules/answer.js';
import type { RosterEntry } from '../rules/roster.js';
import { ask } from './exchange.js';

interface DoorListPage {
  readonly items: readonly RosterEntry[];
  readonly nextCursor: string | null;
  readonly asOf: string;
}

export type RosterAnswer =
  | {
      readonly kind: 'read';
      readonly items: readonly RosterEntry[];
      readonly asOf: string;
      /** Everybody, and not only what changed. */
      readonly isWhole: boolean;
      readonly last: Answer;
    }
  | { readonly kind: 'failed'; readonly last: Answer };

const pageSize = 200;
/** 100,000 seats are the most that a stop has. */
const maxPages = 500;

/** Reads the door list, or what changed in it since `since`: all of it or nothing, so that a list is never half a one. */
export async function readRoster(stopId: string, since: string | null): Promise<RosterAnswer> {
  const items: RosterEntry[] = [];
  const changes = since === null ? '' : `&since=${encodeURIComponent(since)}`;
  let cursor = '';
  let asOf: string | null = null;
  for (let page = 0; ; page += 1) {
    const last = await ask('GET', `/stops/${stopId}/door-list?limit=${pageSize}${changes}${cursor}`);
    if (last.status !== 200 || page === maxPages) return { kind: 'failed', last };
    const list = last.body as DoorListPage;
    items.push(...list.items);
    asOf ??= list.asOf;
    if (list.nextCursor === null) return { kind: 'read', items, asOf, isWhole: since === null, last };
    cursor = `&cursor=${encodeURIComponent(list.nextCursor)}`;
  }
}
