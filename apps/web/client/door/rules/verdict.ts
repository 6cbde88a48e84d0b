import type { Roster, RosterEntry } from './roster.js';
import { isWaiting, ownChange, type Said, type Scan } from './scan.js';

/** What the door says of a person or a badge, from what this phone knows: the same with a network and without. */
export interface Verdict {
  readonly said: Exclude<Said, 'take_back'>;
  readonly entry: RosterEntry | null;
  /** Since when somebody is in. */
  readonly checkedInAt: string | null;
}

export function judgeBadge(hash: string, roster: Roster, scans: readonly Scan[]): Verdict {
  const entry = roster.findByHash(hash);
  return entry === undefined
    ? { said: 'unknown', entry: null, checkedInAt: null }
    : judgePerson(entry, scans);
}

export function judgePerson(entry: RosterEntry, scans: readonly Scan[]): Verdict {
  if (entry.state === 'not_valid') return { said: 'not_valid', entry, checkedInAt: null };
  const checkedInAt = inSince(entry, scans);
  return { said: checkedInAt === null ? 'admit' : 'already', entry, checkedInAt };
}

/** Since when somebody is in: what this phone did last counts, even before the API knows it. */
export function inSince(entry: RosterEntry, scans: readonly Scan[]): string | null {
  const own = ownChange(scans, entry.delegateId);
  if (own === undefined) return entry.checkedInAt;
  return own.said === 'take_back' ? null : new Date(own.atMs).toISOString();
}

/** How many of those who are expected are in. */
export function countInside(roster: Roster, scans: readonly Scan[]): number {
  const own = new Map(scans.filter(isWaiting).map((scan) => [scan.delegateId, scan.said] as const));
  let sum = 0;
  for (const { delegateId, state, checkedInAt } of roster.byId.values()) {
    const said = own.get(delegateId);
    const isIn = said === undefined ? checkedInAt !== null : said !== 'take_back';
    if (state === 'expected' && isIn) sum += 1;
  }
  return sum;
}
