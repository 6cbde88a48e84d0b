import { describe, expect, it } from '@jest/globals';
import {
  draftOfRules,
  faultsOfRules,
  firstRules,
  rulesBody,
  slotsOfDraft,
  startsOfDays,
  type RulesDraft,
} from './rules-draft.js';

const stop = {
  startsAt: '2027-01-16T01:00:00Z',
  endsAt: '2027-01-17T10:00:00Z',
  timeZone: 'Asia/Shanghai',
  registration: {
    opensAt: '2026-12-01T00:00:00Z',
    closesAt: '2027-01-10T00:00:00Z',
    changesUntil: '2027-01-10T00:00:00Z',
    approval: 'automatic' as const,
    waitlist: true,
    waitlistPolicy: 'strict' as const,
    verifiedOnly: false,
  },
};
const draft = (over: Partial<RulesDraft> = {}): RulesDraft => ({ ...firstRules(stop), ...over });

describe('a draft of meeting rules', () => {
  it('begins with the hours of the stop, and has no fault', () => {
    expect(draft()).toMatchObject({ from: '2027-01-16T09:00', opensAt: '2026-12-01T08:00' });
    expect(faultsOfRules(draft(), stop)).toEqual(new Map());
  });

  it('becomes what the API takes, and comes back from it unchanged', () => {
    const typed = draft({ to: '2027-01-16T10:15', tables: '２５' });
    const body = rulesBody(typed, stop.timeZone);
    expect(body).toMatchObject({
      slots: { from: '2027-01-16T01:00:00Z', to: '2027-01-16T02:15:00Z', minutes: 20, breakMinutes: 5 },
      tables: 25,
    });
    const stored = { ...body, stopId: 's', starts: [], version: 3 };
    const back = draftOfRules(stored as unknown as Parameters<typeof draftOfRules>[0], stop);
    expect(back).toEqual({ ...typed, tables: '25' });
  });

  it('takes a list of starts, however it was typed', () => {
    const typed = draft({ slots: 'list', starts: '2027/01/16 11:00\n\n２０２７-01-16 09:00\n' });
    expect(faultsOfRules(typed, stop)).toEqual(new Map());
    expect(rulesBody(typed, stop.timeZone).slots).toEqual({
      minutes: 20,
      starts: ['2027-01-16T03:00:00Z', '2027-01-16T01:00:00Z'],
    });
    expect(slotsOfDraft(typed, stop.timeZone).map((ms) => new Date(ms).toISOString().slice(11, 16))).toEqual([
      '01:00',
      '03:00',
    ]);
  });

  it('counts slots as the API does: the last one ends in time', () => {
    expect(slotsOfDraft(draft({ to: '2027-01-16T10:09' }), stop.timeZone)).toHaveLength(2);
    expect(slotsOfDraft(draft({ to: '2027-01-16T10:10' }), stop.timeZone)).toHaveLength(3);
    expect(slotsOfDraft(draft({ to: '2099-01-16T10:10', minutes: '5' }), stop.timeZone)).toHaveLength(1_001);
  });

  it.each<[string, Partial<RulesDraft>, string, unknown]>([
    ['no number', { tables: 'x' }, '/tables', { kind: 'whole', from: 1, to: 500 }],
    ['too short a slot', { minutes: '4' }, '/slots/minutes', { kind: 'whole', from: 5, to: 240 }],
    ['a window that ends first', { closesAt: '2026-11-30T00:00' }, '/closesAt', 'order'],
    ['a window behind the stop', { closesAt: '2027-01-18T00:00' }, '/closesAt', 'afterStop'],
    ['no date', { opensAt: '' }, '/opensAt', 'missing'],
    ['hours that end first', { to: '2027-01-16T08:00' }, '/slots/to', 'order'],
    ['slots before the stop', { from: '2027-01-16T08:00' }, '/slots/from', 'outside'],
    ['no starts', { slots: 'list' }, '/slots/starts', 'missing'],
    [
      'a line that is no date',
      { slots: 'list', starts: '2027-01-16 09:00\nmorning' },
      '/slots/starts',
      { kind: 'line', text: 'morning' },
    ],
    [
      'slots over each other',
      { slots: 'list', starts: '2027-01-16 09:00\n2027-01-16 09:10' },
      '/slots/starts',
      'overlap',
    ],
    ['a slot behind the stop', { slots: 'list', starts: '2027-01-17 17:50' }, '/slots/starts', 'outside'],
  ])('shows %s at its field', (_, over, pointer, fault) => {
    expect([...faultsOfRules(draft(over), stop)]).toEqual([[pointer, fault]]);
  });

  it('fills in the starts of each day, without lunch and within the stop', () => {
    const hours = { from: '08:00', to: '15:00', pauseFrom: '10:00', pauseTo: '13:30' };
    expect(startsOfDays(stop, hours, 30, 10).split('\n')).toEqual([
      '2027-01-16 09:00',
      '2027-01-16 13:30',
      '2027-01-16 14:10',
      '2027-01-17 08:00',
      '2027-01-17 08:40',
      '2027-01-17 09:20',
      '2027-01-17 13:30',
      '2027-01-17 14:10',
    ]);
    expect(startsOfDays(stop, { ...hours, pauseFrom: '', pauseTo: '' }, 240, 0).split('\n')).toHaveLength(2);
  });
});
