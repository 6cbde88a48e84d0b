import type { Answer } from './answer.js';
import type { RosterEntry } from './roster.js';
import type { Scan } from './scan.js';

/** Parts of tests of the rules. */
export function anEntry(changes: Partial<RosterEntry> = {}): RosterEntry {
  return {
    delegateId: 'd1',
    name: '示例甲',
    company: { id: 'c1', name: { zh: '示例企业', en: 'Example Company' } },
    badgeHash: 'hash-1',
    mobileLast4: '5678',
    state: 'expected',
    checkedInAt: null,
    version: 1,
    ...changes,
  };
}

export const scannedMs = Date.parse('2027-01-16T01:00:00.000Z');

export function aScan(changes: Partial<Scan> = {}): Scan {
  return {
    id: 'k1',
    serial: 1,
    said: 'admit',
    state: 'waiting',
    badge: 'B',
    delegateId: 'd1',
    name: '示例甲',
    company: { zh: '示例企业' },
    atMs: scannedMs,
    sentAt: null,
    tries: 0,
    reason: null,
    checkedInAt: null,
    isSeen: false,
    ...changes,
  };
}

export function anAnswer(status: number, changes: Partial<Answer> = {}): Answer {
  return { status, code: null, body: null, retryAfterMs: null, serverMs: null, ...changes };
}
