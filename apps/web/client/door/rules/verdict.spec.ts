import { describe, expect, it } from '@jest/globals';
import { Roster, type RosterEntry } from './roster.js';
import { aScan, anEntry, scannedMs } from './testing.js';
import type { Scan } from './scan.js';
import { countInside, judgeBadge } from './verdict.js';

const earlier = '2027-01-16T00:30:00.000Z';
const ours = new Date(scannedMs).toISOString();
const listed = (changes: Partial<RosterEntry> = {}) => new Roster().with([anEntry(changes)]);

describe('the verdict of a door', () => {
  it.each<[string, Roster, readonly Scan[], string, string | null]>([
    ['lets in who is expected', listed(), [], 'admit', null],
    ['knows who is in already', listed({ checkedInAt: earlier }), [], 'already', earlier],
    ['knows whom it let in itself, before the API does', listed(), [aScan()], 'already', ours],
    [
      'lets in again who was taken back',
      listed({ checkedInAt: earlier }),
      [aScan({ said: 'take_back' })],
      'admit',
      null,
    ],
    [
      'goes by what was done last',
      listed(),
      [aScan({ said: 'take_back' }), aScan({ id: 'k2', serial: 2 })],
      'already',
      ours,
    ],
    ['forgets what was dropped', listed(), [aScan({ state: 'dropped' })], 'admit', null],
    ['leaves what was answered to the list', listed(), [aScan({ state: 'confirmed' })], 'admit', null],
    ['refuses who is not valid any more', listed({ state: 'not_valid' }), [], 'not_valid', null],
    ['does not know a badge that is not listed', listed({ badgeHash: 'other' }), [], 'unknown', null],
    ['knows nobody without a list', new Roster(), [], 'unknown', null],
  ])('%s', (_, roster, scans, said, checkedInAt) => {
    expect(judgeBadge('hash-1', roster, scans)).toMatchObject({ said, checkedInAt });
  });
});

describe('how many are in', () => {
  it('counts what this phone did last, and nobody who is not expected any more', () => {
    const roster = new Roster().with([
      anEntry({ checkedInAt: earlier }),
      anEntry({ delegateId: 'd2' }),
      anEntry({ delegateId: 'd3', checkedInAt: earlier, state: 'not_valid' }),
    ]);
    expect(countInside(roster, [])).toBe(1);
    expect(countInside(roster, [aScan({ delegateId: 'd2' })])).toBe(2);
    const taken = [
      aScan({ delegateId: 'd2' }),
      aScan({ said: 'take_back' }),
      aScan({ delegateId: 'd2', said: 'take_back' }),
    ];
    expect(countInside(roster, taken)).toBe(0);
  });
});

describe('a roster', () => {
  it('keeps its people when one of them comes in', () => {
    const roster = listed().withCheckIn('d1', earlier);
    expect(judgeBadge('hash-1', roster, []).checkedInAt).toBe(earlier);
    expect(roster.search('甲', 5)[0]?.checkedInAt).toBe(earlier);
  });

  it('takes a newer version, and never an older one', () => {
    const roster = listed({ version: 5, name: 'new' });
    expect(roster.with([anEntry({ version: 4, name: 'old' })]).byId.get('d1')?.name).toBe('new');
    expect(roster.with([anEntry({ version: 6, name: 'newer' })]).byId.get('d1')?.name).toBe('newer');
  });

  it('forgets the old badge of somebody who got a new one', () => {
    const roster = listed().with([anEntry({ version: 2, badgeHash: 'hash-2' })]);
    expect(judgeBadge('hash-1', roster, []).said).toBe('unknown');
    expect(judgeBadge('hash-2', roster, []).said).toBe('admit');
  });

  it.each(['甲', '示例', 'EXAMPLE', '5678', '甲 5678', 'ｅｘａｍｐｌｅ 甲'])('finds people by %s', (text) => {
    expect(listed().search(text, 5)).toHaveLength(1);
  });

  it.each(['乙', '甲 9999', '', '  '])('finds nobody by “%s”', (text) => {
    expect(listed().search(text, 5)).toEqual([]);
  });

  it('finds nobody who is not expected', () => {
    expect(listed({ state: 'not_valid' }).search('甲', 5)).toEqual([]);
  });

  it('searches 5,000 names within 50 ms', () => {
    const roster = new Roster().with(
      Array.from({ length: 5_000 }, (_, at) =>
        anEntry({
          delegateId: `d${at}`,
          badgeHash: `h${at}`,
          name: `参会人 ${at}`,
          mobileLast4: String(at).padStart(4, '0'),
        }),
      ),
    );
    roster.search('9', 20);
    const begunMs = performance.now();
    expect(roster.search('参会人 4999', 20)).toHaveLength(1);
    expect(performance.now() - begunMs).toBeLessThan(50);
  });
});
