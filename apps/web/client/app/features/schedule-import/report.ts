import type { ImportedEntryResult } from '#contracts/exchange';

/** What becomes of an entry, as people ask for it. */
export const entryKinds = ['created', 'changed', 'unplaced', 'refused', 'heldBack', 'same'] as const;
export type EntryKind = (typeof entryKinds)[number];

/** Of an import, and of the comparison before it: there `missing` is what an import would create. */
export function kindOf({ result, code, changes }: ImportedEntryResult): EntryKind {
  switch (result) {
    case 'created':
      return 'created';
    case 'missing':
      return code === null ? 'created' : 'unplaced';
    case 'updated':
      return 'changed';
    case 'unchanged':
      // It has ended, so it follows no file any more.
      if (code === 'session.closed') return 'refused';
      if (code !== null) return 'unplaced';
      return changes === undefined ? 'same' : 'changed';
    case 'kept':
      return 'unplaced';
    case 'refused':
      return 'refused';
    case 'held_back':
      return 'heldBack';
  }
}

export type Counts = Readonly<Record<EntryKind, number>>;

export function countsOf(results: readonly ImportedEntryResult[]): Counts {
  const counts = { created: 0, changed: 0, unplaced: 0, refused: 0, heldBack: 0, same: 0 };
  for (const one of results) counts[kindOf(one)] += 1;
  return counts;
}

/** Whether nothing of the file takes place within the stop: it is of other dates, and can be moved onto the stop's. */
export function isElsewhere(
  results: readonly ImportedEntryResult[],
  { startsAt, endsAt }: { readonly startsAt: string; readonly endsAt: string },
): boolean {
  const starts = results.flatMap((one) => (one.startsAt === null ? [] : [Date.parse(one.startsAt)]));
  const isWithin = (ms: number): boolean => ms >= Date.parse(startsAt) && ms < Date.parse(endsAt);
  return starts.length > 0 && !starts.some(isWithin);
}
