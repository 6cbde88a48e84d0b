import { describe, expect, it } from '@jest/globals';
import type { Comers } from '../meetings/comers.js';
import { meetingOf } from '../meetings/testing/meeting-of.js';
import { findConflicts, placementsOf, type Occupied } from './placement.js';
import type { PlanItem } from './plan.js';

const at = (hour: number) => `2027-01-16T0${hour}:00:00Z`;
const slots = [1, 2, 3].map((hour) => ({ startsAt: at(hour), endsAt: `2027-01-16T0${hour}:20:00Z` }));
const comersOf = (person: string, more: Partial<Comers> = {}): Comers => ({
  persons: [person],
  delegation: [person],
  taken: new Map(),
  unavailable: [],
  maxMeetings: null,
  ...more,
});
const comers = new Map(['a', 'b', 'c', 'd'].map((id) => [id, comersOf(`p-${id}`)]));
const nothing: Occupied = { slots, tables: 2, meetings: [], times: [], comers };
const item = (meetingId: string, startsAt: string, tableNo: number): PlanItem => ({
  meetingId,
  startsAt,
  tableNo,
  weight: 1,
});
const meetings = new Map(
  [
    meetingOf({ id: 'm1', askerId: 'a', askedId: 'b', status: 'accepted' }),
    meetingOf({ id: 'm2', askerId: 'c', askedId: 'd', status: 'accepted' }),
    meetingOf({ id: 'm3', askerId: 'a', askedId: 'c', status: 'scheduled', ...slots[1], tableNo: 1 }),
  ].map((meeting) => [meeting.id, meeting]),
);
const conflictsOf = (items: readonly PlanItem[], over: Partial<Occupied> = {}) => {
  const occupied = { ...nothing, ...over };
  const { placements, conflicts } = placementsOf(items, meetings, occupied, new Map());
  return [...conflicts, ...findConflicts(placements, occupied)].map(({ meetingId, code }) => [
    meetingId,
    code,
  ]);
};

describe('placements', () => {
  it('leave out what has its place already, and name who comes', () => {
    const { placements } = placementsOf(
      [item('m3', at(2), 1), item('m1', at(1), 1)],
      meetings,
      nothing,
      new Map(),
    );
    expect(placements.map(({ meeting, persons }) => [meeting.id, persons])).toEqual([['m1', ['p-a', 'p-b']]]);
  });

  it.each<[string, readonly PlanItem[], Partial<Occupied>, readonly (readonly string[])[]]>([
    ['nothing in the way', [item('m1', at(1), 1), item('m2', at(1), 2)], {}, []],
    ['a meeting that is over', [item('gone', at(1), 1)], {}, [['gone', 'meeting.invalid_transition']]],
    ['a slot that is gone', [item('m1', at(5), 1)], {}, [['m1', 'meeting.outside_slots']]],
    ['a table that is gone', [item('m1', at(1), 3)], {}, [['m1', 'meeting.outside_slots']]],
    ['one table twice', [item('m1', at(1), 1), item('m2', at(1), 1)], {}, [['m2', 'meeting.table_conflict']]],
    [
      'one person twice',
      [item('m1', at(1), 1), item('m3', at(1), 2)],
      {},
      [['m3', 'meeting.person_conflict']],
    ],
    [
      'a person in a session',
      [item('m1', at(1), 1)],
      { times: [{ personId: 'p-b', from: '2027-01-16T01:10:00Z', to: at(2) }] },
      [['m1', 'meeting.person_conflict']],
    ],
    [
      'a company that has time later only',
      [item('m1', at(1), 1), item('m2', at(1), 2)],
      { comers: new Map([...comers, ['d', comersOf('p-d', { unavailable: [{ from: at(0), to: at(2) }] })]]) },
      [['m2', 'meeting.person_conflict']],
    ],
    [
      'a company that has enough',
      [item('m1', at(1), 1), item('m2', at(1), 2)],
      {
        meetings: [meetings.get('m3') ?? meetingOf({})],
        comers: new Map([...comers, ['a', comersOf('p-a', { maxMeetings: 1 })]]),
      },
      [['m1', 'meeting.limit_reached']],
    ],
  ])('meet %s', (_what, items, over, expected) => {
    expect(conflictsOf(items, over)).toEqual(expected);
  });
});
