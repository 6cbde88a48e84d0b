import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Localized } from '#contracts';
import { delegatesInTwoPlaces, fateOfSignUps, overlap, type SessionSeats } from './session-seats.js';
import { type SigningDelegate, signUp, type SignUpState } from './sign-up.js';

const at = (hour: number) => new Date(Date.UTC(2026, 11, 1) + hour * 3_600_000);
const from = (start: number, end: number) => ({ startsAt: at(start), endsAt: at(end) });
const busyFrom = (start: number, end: number, title: Localized | null = null) => ({
  ...from(start, end),
  title,
});
const session: SessionSeats = {
  sessionId: 's',
  companyId: 'host',
  status: 'scheduled',
  during: from(10, 11),
  seats: 3,
  taken: 1,
};
const delegate = (id: string, changes: Partial<SigningDelegate> = {}): SigningDelegate => ({
  id,
  name: `Delegate ${id}`,
  companyId: 'a',
  status: 'confirmed',
  signedUp: false,
  busy: [],
  ...changes,
});
const state = (changes: Partial<SessionSeats>, ...delegates: SigningDelegate[]): SignUpState => ({
  stop: { status: 'published', timeZone: 'Asia/Shanghai' },
  session: { ...session, ...changes },
  delegates,
});
const answer = (given: SignUpState, ids: string[], company = 'a', hour = 9): string => {
  const result = signUp(given, company, ids, at(hour));
  return result.accepted
    ? `${result.signedUp.join()} ${result.seats.taken}/${result.seats.total}`
    : result.refusal.code;
};

describe('signUp', () => {
  it.each<[string, SignUpState, string[], string]>([
    ['takes the last seats', state({}, delegate('1'), delegate('2')), ['1', '2'], '1,2 3/3'],
    ['takes all or none', state({ taken: 2 }, delegate('1'), delegate('2')), ['1', '2'], 'session.full'],
    ['counts a delegate named twice once', state({ taken: 2 }, delegate('1')), ['1', '1'], '1 3/3'],
    ['is harmless twice', state({ taken: 3 }, delegate('1', { signedUp: true })), ['1'], ' 3/3'],
    [
      'is harmless twice after the room was made smaller',
      state({ taken: 5 }, delegate('1', { signedUp: true })),
      ['1'],
      ' 5/3',
    ],
    [
      'counts only who is new',
      state({ taken: 2 }, delegate('1', { signedUp: true }), delegate('2')),
      ['1', '2'],
      '2 3/3',
    ],
    [
      'wants confirmed delegates',
      state({}, delegate('1'), delegate('2', { status: 'pending' })),
      ['1', '2'],
      'signup.not_confirmed',
    ],
    ['wants the own delegates', state({}, delegate('1', { companyId: 'b' })), ['1'], 'signup.not_confirmed'],
    ['does not know every delegate', state({}), ['1'], 'signup.not_confirmed'],
    [
      'wants nobody in two places',
      state({}, delegate('1', { busy: [busyFrom(9, 10), busyFrom(10, 12)] })),
      ['1'],
      'signup.overlap',
    ],
    [
      'lets sessions touch',
      state({}, delegate('1', { busy: [busyFrom(9, 10), busyFrom(11, 12)] })),
      ['1'],
      '1 2/3',
    ],
    [
      'keeps who a move put in two places',
      state({}, delegate('1', { signedUp: true, busy: [busyFrom(10, 11)] })),
      ['1'],
      ' 1/3',
    ],
    [
      'hides unscheduled sessions of others',
      state({ status: 'accepted', during: null }, delegate('1')),
      ['1'],
      'resource.not_found',
    ],
  ])('%s', (_, given, ids, expected) => {
    expect(answer(given, ids)).toBe(expected);
  });

  it.each([
    ['draft', 'resource.not_found'],
    ['cancelled', 'stop.cancelled'],
    ['completed', 'session.closed'],
  ] as const)('at a %s stop answers %s', (status, expected) => {
    expect(answer({ ...state({}, delegate('1')), stop: { status, timeZone: 'UTC' } }, ['1'])).toBe(expected);
  });

  it('tells the session’s own company that it is not scheduled, and everybody that it is over', () => {
    const unscheduled = state({ status: 'accepted', during: null }, delegate('1', { companyId: 'host' }));
    expect(answer(unscheduled, ['1'], 'host')).toBe('session.invalid_transition');
    expect(answer(state({}, delegate('1')), ['1'], 'a', 11)).toBe('session.closed');
    expect(answer(state({}, delegate('1')), ['1'], 'a', 10)).toBe('1 2/3');
  });

  it('never takes more than the room has, in whatever groups delegates come', () => {
    const groups = fc.array(fc.uniqueArray(fc.nat(9), { minLength: 1, maxLength: 4 }), { maxLength: 8 });
    const check = fc.property(groups, fc.nat(6), (asked, seats) => {
      const inside = new Set<string>();
      for (const group of asked) {
        const ids = group.map(String);
        const delegates = ids.map((id) => delegate(id, { signedUp: inside.has(id) }));
        const fits = new Set([...inside, ...ids]).size <= seats || ids.every((id) => inside.has(id));
        const result = signUp(state({ seats, taken: inside.size }, ...delegates), 'a', ids, at(9));
        expect(result.accepted).toBe(fits);
        if (result.accepted) result.signedUp.forEach((id) => inside.add(id));
        expect(inside.size).toBeLessThanOrEqual(seats);
      }
    });
    fc.assert(check);
  });
});

describe('overlap', () => {
  it('means: some hour belongs to both', () => {
    const interval = fc
      .tuple(fc.nat(8), fc.integer({ min: 1, max: 4 }))
      .map(([start, hours]) => [start, start + hours]);
    const check = fc.property(interval, interval, ([a = 0, b = 0], [c = 0, d = 0]) => {
      const shared = Array.from({ length: 13 }, (_, hour) => hour).some(
        (hour) => a <= hour && hour < b && c <= hour && hour < d,
      );
      expect(overlap(from(a, b), from(c, d))).toBe(shared);
    });
    fc.assert(check);
  });
});

describe('what becomes of sign-ups', () => {
  it('keeps them through moves and unscheduling, and frees them with the session', () => {
    const freed = Object.entries(fateOfSignUps).filter(([, fate]) => fate === 'freed');
    expect(freed.map(([status]) => status)).toEqual(['rejected', 'withdrawn', 'cancelled', 'deleted']);
  });

  it('marks whom a move has put in two places', () => {
    const signs = (delegateId: string, sessionId: string, during: ReturnType<typeof from> | null) => ({
      delegateId,
      sessionId,
      during,
    });
    const signUps = [
      signs('1', 's', from(10, 11)),
      signs('1', 't', from(10, 12)),
      signs('2', 's', from(10, 11)),
      signs('2', 'u', from(11, 12)),
      signs('3', 's', from(10, 11)),
      signs('3', 'v', null),
      signs('4', 't', from(10, 12)),
    ];
    expect([...delegatesInTwoPlaces('s', signUps)]).toEqual(['1']);
    expect([...delegatesInTwoPlaces('v', signUps)]).toEqual([]);
  });
});

describe('a refusal', () => {
  it.each([
    [{ zh: '开场', en: 'Opening' }, '“开场” (2026-12-01 18:30 to 19:30, Asia/Shanghai)'],
    [{ en: 'Opening' }, '“Opening” (2026-12-01 18:30 to 19:30, Asia/Shanghai)'],
    [null, 'another session (2026-12-01 18:30 to 19:30, Asia/Shanghai)'],
  ])('names the delegate, the other session %j and its times on the clock of the stop', (title, shown) => {
    const result = signUp(
      state({}, delegate('1', { busy: [busyFrom(10.5, 11.5, title)] })),
      'a',
      ['1'],
      at(9),
    );
    expect(result).toMatchObject({
      accepted: false,
      refusal: { code: 'signup.overlap', detail: `Delegate 1 is signed up for ${shown} at this time.` },
    });
  });
});
