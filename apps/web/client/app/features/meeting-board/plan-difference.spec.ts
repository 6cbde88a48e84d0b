import { describe, expect, it } from '@jest/globals';
import { aMeeting, at, placed } from './board.fixture.js';
import { acceptBody, changesOf, countsOf } from './plan-difference.js';

const item = (meetingId: string, minute: number, tableNo: number) => ({
  meetingId,
  startsAt: at(minute),
  tableNo,
  weight: 100,
});
const meetings = [
  aMeeting('new', 'a', 'b'),
  placed('moves', 'a', 'c', 0, 1),
  placed('table', 'b', 'c', 0, 2),
  placed('stays', 'd', 'e', 30, 1),
  placed('leaves', 'a', 'd', 60, 1),
  aMeeting('waits', 'a', 'e'),
  aMeeting('cancelled', 'b', 'e', { status: 'cancelled' }),
];
const plan = {
  items: [
    item('stays', 30, 1),
    item('table', 0, 1),
    item('moves', 60, 2),
    item('new', 30, 2),
    item('cancelled', 0, 2),
  ],
  unplaced: [
    { meetingId: 'waits', weight: 40, reasons: ['no_common_slot' as const] },
    { meetingId: 'leaves', weight: 40, reasons: ['people_taken' as const] },
  ],
};

describe('a plan against what is scheduled', () => {
  const changes = changesOf(plan, meetings);

  it('tells what each meeting gets, by kind', () => {
    expect(changes.map(({ meetingId, kind }) => [meetingId, kind])).toEqual([
      ['new', 'placed'],
      ['moves', 'moved'],
      ['table', 'table'],
      ['leaves', 'leaves'],
      ['waits', 'waits'],
      ['stays', 'same'],
      ['cancelled', 'gone'],
    ]);
    expect(countsOf(changes)).toEqual({
      placed: 1,
      moved: 1,
      table: 1,
      leaves: 1,
      waits: 1,
      same: 1,
      gone: 1,
    });
    expect(changes.find(({ meetingId }) => meetingId === 'waits')?.reasons).toEqual(['no_common_slot']);
  });

  it('stands in order of time, then of tables', () => {
    const some = changesOf(
      { items: [item('b', 30, 1), item('c', 0, 2), item('a', 0, 1)], unplaced: [] },
      ['a', 'b', 'c'].map((id) => aMeeting(id, 'a', 'b')),
    );
    expect(some.map(({ meetingId }) => meetingId)).toEqual(['a', 'c', 'b']);
  });

  it('is accepted as a whole, or those of it that were chosen', () => {
    expect(acceptBody(changes, new Set())).toEqual({});
    expect(acceptBody(changes, new Set(['moves', 'stays']))).toEqual({ items: ['new', 'table'] });
  });
});
