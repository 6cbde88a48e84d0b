import { describe, expect, it } from '@jest/globals';
import type { Comers } from '../meetings/comers.js';
import { meetingOf } from '../meetings/testing/meeting-of.js';
import { problemOf, type PlanInput } from './plan-problem.js';

const slotOf = (startsAt: string) => ({ startsAt, endsAt: startsAt.replace(':00:00Z', ':20:00Z') });
/** 23:00 on one day and 00:00 on the next in Chengdu. */
const slots = ['2027-01-16T14:00:00Z', '2027-01-16T15:00:00Z', '2027-01-16T16:00:00Z'].map(slotOf);
const [first, second] = slots as [PlanInput['slots'][number], PlanInput['slots'][number]];
const comersOf = (person: string, more: Partial<Comers> = {}): Comers => ({
  persons: [person],
  delegation: [person, `${person}-2`],
  taken: new Map(),
  unavailable: [],
  maxMeetings: null,
  ...more,
});
const input = (over: Partial<PlanInput> = {}): PlanInput => ({
  timeZone: 'Asia/Shanghai',
  slots,
  tables: 2,
  meetings: [meetingOf({ id: 'm', status: 'accepted', startsAt: null, endsAt: null, tableNo: null })],
  taken: new Map(),
  comers: new Map([
    ['a', comersOf('p-a')],
    ['b', comersOf('p-b')],
  ]),
  booked: new Map(),
  interests: [],
  locked: new Set(),
  now: new Date('2027-01-01T00:00:00Z'),
  ...over,
});
const scheduled = meetingOf({ id: 'm', status: 'scheduled', ...first, tableNo: 2 });

describe('the planning problem of a stop', () => {
  it('counts days on the clock of the stop', () => {
    expect(problemOf(input()).slotDays).toEqual([0, 0, 1]);
  });

  it('names who comes: who is booked, else who was named, else the first, else the company', () => {
    const personIn = (over: Partial<PlanInput>) => problemOf(input(over)).meetings[0]?.sides[0].personId;
    expect(personIn({})).toBe('p-a');
    expect(personIn({ meetings: [meetingOf({ id: 'm', askerDelegateId: 'p-a-2' })] })).toBe('p-a-2');
    expect(personIn({ meetings: [scheduled], booked: new Map([['m', ['p-a-2', 'p-b']]]) })).toBe('p-a-2');
    expect(personIn({ comers: new Map([['a', comersOf('x', { persons: [], delegation: [] })]]) })).toBe('a');
  });

  it('keeps people out of sessions, absences and slots that have begun', () => {
    const taken = new Map([['p-a', [{ from: second.startsAt, to: second.endsAt }]]]);
    const unavailable = [{ from: '2027-01-16T14:10:00Z', to: '2027-01-16T14:15:00Z' }];
    const comers = new Map([
      ['a', comersOf('p-a', { taken })],
      ['b', comersOf('p-b', { unavailable })],
    ]);
    const { busySlots } = problemOf(input({ comers }));
    expect([busySlots.get('p-a'), busySlots.get('p-b')]).toEqual([new Set([1]), new Set([0])]);
    const late = problemOf(input({ now: new Date(second.startsAt) }));
    expect(late.busySlots.get('p-a')).toEqual(new Set([0, 1]));
    expect(problemOf(input({ comers: new Map() })).busySlots.get('a')).toEqual(new Set([0, 1, 2]));
  });

  it('keeps locked meetings, and those that have begun, in their places', () => {
    const lockedIn = (over: Partial<PlanInput>) => {
      const [meeting] = problemOf(input({ meetings: [scheduled], ...over })).meetings;
      return [meeting?.present, meeting?.locked];
    };
    const present = { slot: 0, table: 2 };
    expect(lockedIn({})).toEqual([present, undefined]);
    expect(lockedIn({ locked: new Set(['m']) })).toEqual([present, true]);
    expect(lockedIn({ now: new Date(first.startsAt) })).toEqual([present, true]);
  });

  it('lets a company have as many meetings as it still wants, and what it keeps anyway', () => {
    const comers = new Map([['a', comersOf('p-a', { maxMeetings: 3 })]]);
    const limitIn = (over: Partial<PlanInput>) =>
      problemOf(input({ comers, ...over })).companyLimits.get('a');
    expect(limitIn({})).toBe(3);
    expect(limitIn({ taken: new Map([['a', 2]]) })).toBe(1);
    expect(limitIn({ taken: new Map([['a', 5]]) })).toBe(0);
    const kept = { meetings: [scheduled], locked: new Set(['m']) };
    expect(limitIn({ ...kept, taken: new Map([['a', 5]]) })).toBe(1);
    expect(problemOf(input()).companyLimits.size).toBe(0);
  });
});
