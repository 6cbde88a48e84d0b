import { describe, expect, it } from '@jest/globals';
import { changesUntilOf, movedWindow, registrationState } from './registration-window.js';

const registration = {
  opensAt: '2026-11-01T00:00:00Z',
  closesAt: '2026-12-10T00:00:00Z',
  changesUntil: null,
};
const times = { startsAt: '2026-12-12T01:00:00Z', endsAt: '2026-12-12T09:00:00Z' };
const stop = { timeZone: 'Asia/Shanghai', registration, ...times };

describe('registration state', () => {
  it.each([
    ['draft', '2026-11-15T00:00:00Z', 'not_open'],
    ['cancelled', '2026-11-15T00:00:00Z', 'closed'],
    ['completed', '2026-11-15T00:00:00Z', 'closed'],
    ['published', '2026-10-31T23:59:59.999Z', 'not_open'],
    ['published', '2026-11-01T00:00:00Z', 'open'],
    ['published', '2026-12-09T23:59:59.999Z', 'open'],
    ['published', '2026-12-10T00:00:00Z', 'closed'],
  ] as const)('of a %s stop at %s is %s', (status, at, state) => {
    expect(registrationState({ status, registration }, new Date(at))).toBe(state);
  });
});

describe('delegates may be changed until', () => {
  it.each([
    ['the start, where registration closes before', {}, times.startsAt],
    ['the closing, where that is later', { closesAt: '2026-12-12T05:00:00Z' }, '2026-12-12T05:00:00Z'],
    ['what is set', { changesUntil: '2026-12-11T00:00:00Z' }, '2026-12-11T00:00:00Z'],
  ])('%s', (_what, change, until) => {
    expect(changesUntilOf({ ...stop, registration: { ...registration, ...change } })).toBe(until);
  });
});

describe('the window of a stop that moves', () => {
  it('opens when it did and closes as much later as the stop begins later', () => {
    const to = { startsAt: '2026-12-20T01:00:00Z', endsAt: '2026-12-20T09:00:00Z' };
    expect(movedWindow(stop, to, {})).toEqual({
      opensAt: registration.opensAt,
      closesAt: '2026-12-18T00:00:00Z',
      changesUntil: null,
    });
  });

  it('never opens earlier, also where the stop does', () => {
    const to = { startsAt: '2026-11-20T01:00:00Z', endsAt: '2026-11-20T09:00:00Z' };
    expect(movedWindow(stop, to, {})).toEqual({
      opensAt: registration.opensAt,
      closesAt: '2026-11-18T00:00:00Z',
      changesUntil: null,
    });
  });

  it('is cut to the end of the stop', () => {
    const late = { ...registration, closesAt: times.endsAt, changesUntil: times.endsAt };
    const to = { startsAt: '2026-12-13T01:00:00Z', endsAt: '2026-12-13T03:00:00Z' };
    expect(movedWindow({ ...stop, registration: late }, to, {})).toEqual({
      opensAt: registration.opensAt,
      closesAt: to.endsAt,
      changesUntil: to.endsAt,
    });
  });

  it('is what the organizer names, and follows for the rest', () => {
    const set = { ...registration, changesUntil: '2026-12-11T00:00:00Z' };
    const to = { startsAt: '2026-12-20T01:00:00Z', endsAt: '2026-12-20T09:00:00Z' };
    const named = { opensAt: '2026-12-01T00:00:00Z', closesAt: '2026-12-15T00:00:00Z' };
    expect(movedWindow({ ...stop, registration: set }, to, named)).toEqual({
      ...named,
      changesUntil: '2026-12-19T00:00:00Z',
    });
    expect(movedWindow({ ...stop, registration: set }, to, { changesUntil: null }).changesUntil).toBeNull();
  });

  it('moves by the wall clock of the stop, whatever its clocks did in between', () => {
    const berlin = {
      timeZone: 'Europe/Berlin',
      startsAt: '2027-03-27T08:00:00Z',
      endsAt: '2027-03-27T17:00:00Z',
      registration: { ...registration, closesAt: '2027-03-25T23:00:00Z' },
    };
    const to = { startsAt: '2027-03-31T07:00:00Z', endsAt: '2027-03-31T16:00:00Z' };
    expect(movedWindow(berlin, to, {}).closesAt).toBe('2027-03-29T22:00:00Z');
  });
});
