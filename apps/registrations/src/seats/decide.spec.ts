import { describe, expect, it } from '@jest/globals';
import type { Command, Register } from './command.js';
import type { Accepted, SeatsState } from './decision.js';
import { decide } from './decide.js';
import { aDelegate, aDelegation, aState, aStop, at, aWaiting, organizer } from './testing/seats.builders.js';
import type { StopSnapshot } from './stop-seats.js';

const nine = at('09:00');

const registers = (companyId: string, seats: number): Register => ({
  kind: 'register',
  companyId,
  registrationId: `r-${companyId}`,
  delegates: aDelegation(companyId, seats).delegates,
  note: null,
  consentTextVersion: null,
});

const owner = (companyId: string) => ({ role: 'company', companyId }) as const;

const changesStatus = (kind: 'cancel' | 'approve' | 'decline', companyId: string): Command => ({
  kind,
  by: organizer,
  registrationId: `r-${companyId}`,
});

const stopChanges = (changes: Partial<StopSnapshot>): Command => ({
  kind: 'stopChanged',
  stop: { ...aStop, stopVersion: 2, ...changes },
});

/** What came of the last of the commands: its problem code, or its status and place in the queue. */
function answer(state: SeatsState, commands: readonly Command[], now = nine): string {
  const decision = decide(state, commands, now).decisions.at(-1);
  if (decision === undefined) return 'none';
  if (!decision.accepted) return decision.refusal.code;
  const place = decision.waitlistPosition === null ? '' : ` ${decision.waitlistPosition}`;
  return `${decision.after?.status ?? 'stop'}${place}`;
}

function accepted(state: SeatsState, commands: readonly Command[], now = nine): Accepted {
  const decision = decide(state, commands, now).decisions.at(-1);
  if (decision?.accepted !== true) throw new Error(`Not accepted: ${JSON.stringify(decision)}`);
  return decision;
}

const promoted = (state: SeatsState, command: Command, now = nine): string[] =>
  accepted(state, [command], now).promotions.map(({ companyId, status }) => `${companyId} ${status}`);

describe('registering', () => {
  it.each<[string, SeatsState, number, string]>([
    ['takes the last seats', aState({}, [aDelegation('a', 8)]), 2, 'confirmed'],
    ['queues whole where it fits only in part', aState({}, [aDelegation('a', 9)]), 2, 'waitlisted 1'],
    [
      'queues behind those who wait',
      aState({}, [aDelegation('a', 8), aWaiting('b', 3, 1)]),
      2,
      'waitlisted 2',
    ],
    [
      'passes nobody by first_fit, since nobody before it fits',
      aState({ waitlistPolicy: 'first_fit' }, [aDelegation('a', 8), aWaiting('b', 3, 1)]),
      2,
      'confirmed',
    ],
    [
      'is not held up by a delegation larger than the capacity',
      aState({ capacity: 5 }, [aDelegation('a', 3), aWaiting('b', 6, 1)]),
      2,
      'confirmed',
    ],
    ['waits for the organizer', aState({ approval: 'manual' }), 2, 'pending'],
    [
      'counts pending seats as taken',
      aState({}, [aDelegation('a', 9, { status: 'pending' })]),
      2,
      'waitlisted 1',
    ],
    [
      'is refused without a waiting list',
      aState({ waitlist: false }, [aDelegation('a', 9)]),
      2,
      'registration.full',
    ],
    [
      'can come back after a cancellation',
      aState({}, [aDelegation('z', 1, { status: 'cancelled' })]),
      1,
      'confirmed',
    ],
    [
      'can come back after it was declined',
      aState({}, [aDelegation('z', 1, { status: 'declined' })]),
      1,
      'confirmed',
    ],
    ['is one per company, waiting or not', aState({}, [aWaiting('z', 1, 1)]), 1, 'registration.duplicate'],
    [
      'ends at the limit per company',
      aState({ maxDelegatesPerCompany: 3 }),
      4,
      'registration.too_many_delegates',
    ],
    ['ends at the capacity', aState({ capacity: 3 }), 4, 'registration.too_many_delegates'],
  ])('%s', (_, state, seats, expected) => {
    expect(answer(state, [registers('z', seats)])).toBe(expected);
  });

  it.each([
    ['07:59', 'registration.not_open'],
    ['08:00', 'confirmed'],
    ['09:59', 'confirmed'],
    ['10:00', 'registration.closed'],
  ])('at %s answers %s', (time, expected) => {
    expect(answer(aState({}), [registers('z', 1)], at(time))).toBe(expected);
  });

  it('looks at the refusals in the documented order', () => {
    const all = [aDelegation('z', 1), aDelegation('a', 9)];
    const worst: Partial<StopSnapshot> = {
      status: 'draft',
      verifiedOnly: true,
      waitlist: false,
      maxDelegatesPerCompany: 1,
    };
    const steps: [
      Partial<StopSnapshot>,
      SeatsState['delegations'],
      'suspended' | 'unverified' | 'verified',
      string,
    ][] = [
      [worst, all, 'suspended', 'resource.not_found'],
      [{ ...worst, status: 'cancelled' }, all, 'suspended', 'company.suspended'],
      [{ ...worst, status: 'cancelled' }, all, 'unverified', 'stop.cancelled'],
      [{ ...worst, status: 'completed' }, all, 'unverified', 'registration.closed'],
      [{ ...worst, status: 'published' }, all, 'unverified', 'company.unverified'],
      [{ ...worst, status: 'published' }, all, 'verified', 'registration.duplicate'],
      [{ ...worst, status: 'published' }, all.slice(1), 'verified', 'registration.too_many_delegates'],
      [{ waitlist: false }, all.slice(1), 'verified', 'registration.full'],
    ];
    for (const [stop, delegations, standing, expected] of steps) {
      expect(answer(aState(stop, delegations, { z: standing }), [registers('z', 2)])).toBe(expected);
    }
  });

  it('names the second of two delegates with one e-mail, in whatever case', () => {
    const delegates = [aDelegate('1', 'li@example.com'), aDelegate('2'), aDelegate('3', 'LI@example.com')];
    const [decision] = decide(aState({}), [{ ...registers('z', 3), delegates }], nine).decisions;
    expect(decision).toMatchObject({
      refusal: { code: 'request.invalid', errors: [{ pointer: '/delegates/2/email' }] },
    });
  });

  it('leaves no trace when refused', () => {
    const state = aState({}, [aDelegation('z', 1)]);
    expect(decide(state, [registers('z', 1)], nine)).toMatchObject({
      stop: state.stop,
      changes: [],
      promotions: [],
    });
  });

  it('needs no waiting list in memory to know its place', () => {
    const state = aState({}, [aDelegation('a', 10), aWaiting('b', 1, 1), aWaiting('c', 1, 2)]);
    const stampede = [registers('y', 1), registers('z', 1)];
    expect(answer({ ...state, delegations: [], waiting: null }, stampede)).toBe('waitlisted 4');
  });
});

describe('promotion', () => {
  const queue = [
    aDelegation('a', 7),
    aDelegation('b', 3),
    aWaiting('c', 4, 1),
    aWaiting('d', 2, 2),
    aWaiting('e', 1, 3),
  ];

  it.each<[string, Partial<StopSnapshot>, Command, string[]]>([
    ['strict stops at a head that does not fit', {}, changesStatus('cancel', 'b'), []],
    [
      'strict goes on while the head fits',
      {},
      changesStatus('cancel', 'a'),
      ['c confirmed', 'd confirmed', 'e confirmed'],
    ],
    [
      'strict goes on behind a head that leaves',
      { capacity: 12 },
      changesStatus('decline', 'c'),
      ['d confirmed'],
    ],
    [
      'first_fit takes each that fits',
      { waitlistPolicy: 'first_fit' },
      changesStatus('cancel', 'b'),
      ['d confirmed', 'e confirmed'],
    ],
    [
      'leads to pending under manual approval',
      { approval: 'manual' },
      changesStatus('cancel', 'a'),
      ['c pending', 'd pending', 'e pending'],
    ],
    ['follows a raised capacity', {}, stopChanges({ capacity: 14 }), ['c confirmed']],
    [
      'follows a change to first_fit',
      { capacity: 11 },
      stopChanges({ capacity: 11, waitlistPolicy: 'first_fit' }),
      ['e confirmed'],
    ],
    [
      'goes on when the list is switched off',
      {},
      stopChanges({ capacity: 14, waitlist: false }),
      ['c confirmed'],
    ],
  ])('%s', (_, stop, command, expected) => {
    expect(promoted(aState(stop, queue), command)).toEqual(expected);
  });

  it('passes over who is larger than a lowered capacity', () => {
    const state = aState({ capacity: 8 }, [aDelegation('a', 1), aWaiting('b', 8, 1), aWaiting('c', 2, 2)]);
    expect(promoted(state, stopChanges({ capacity: 7 }))).toEqual(['c confirmed']);
  });

  it('goes on after the window and ends with the stop', () => {
    const more = stopChanges({ capacity: 30 });
    expect(promoted(aState({}, queue), changesStatus('cancel', 'a'), at('11:59'))).toHaveLength(3);
    expect(promoted(aState({}, queue), more, at('11:59')).length).toBeGreaterThan(0);
    expect(promoted(aState({}, queue), more, at('12:00'))).toEqual([]);
  });

  it.each(['cancel', 'approve', 'decline'] as const)('knows no %s once the stop has ended', (kind) => {
    const status = kind === 'cancel' ? 'confirmed' : 'pending';
    const state = aState({}, [aDelegation('a', 2, { status })]);
    expect(answer(state, [changesStatus(kind, 'a')], at('12:00'))).toBe('registration.closed');
  });

  it.each([
    ['10:29', '10:45', '10:44', 'cancelled'],
    ['10:29', '10:45', '10:45', 'registration.frozen'],
    ['11:00', '10:45', '10:59', 'cancelled'],
    ['11:00', '10:45', '11:00', 'registration.frozen'],
  ])(
    'lets a company cancel until the start at %s or the freeze at %s: %s',
    (start, freeze, time, expected) => {
      const state = aState({ startsAt: at(start), changesUntil: at(freeze) }, [aDelegation('a', 2)]);
      const cancel: Command = { kind: 'cancel', by: owner('a'), registrationId: 'r-a' };
      expect(answer(state, [cancel], at(time))).toContain(expected);
    },
  );

  it('lets a waiting delegation that has become smaller in, and answers with its new state', () => {
    const state = aState({}, [aDelegation('a', 9), aWaiting('b', 2, 1)]);
    const leaves: Command = {
      kind: 'removeDelegate',
      by: owner('b'),
      registrationId: 'r-b',
      delegateId: 'b-1',
    };
    expect(accepted(state, [leaves])).toMatchObject({
      after: { status: 'confirmed', version: 3, queueNumber: null },
      waitlistPosition: null,
      unseatedDelegateIds: ['b-1'],
    });
  });
});

describe('settling', () => {
  it.each([
    ['confirmed', 'approve', 'registration.invalid_transition'],
    ['confirmed', 'decline', 'registration.invalid_transition'],
    ['confirmed', 'cancel', 'cancelled'],
    ['pending', 'approve', 'confirmed'],
    ['pending', 'decline', 'declined'],
    ['pending', 'cancel', 'cancelled'],
    ['waitlisted', 'approve', 'registration.invalid_transition'],
    ['waitlisted', 'decline', 'declined'],
    ['waitlisted', 'cancel', 'cancelled'],
    ['declined', 'cancel', 'registration.invalid_transition'],
    ['cancelled', 'cancel', 'registration.invalid_transition'],
    ['cancelled', 'decline', 'registration.invalid_transition'],
  ] as const)('%s, %s: %s', (status, kind, expected) => {
    const queueNumber = status === 'waitlisted' ? 1 : null;
    expect(
      answer(aState({}, [aDelegation('a', 2, { status, queueNumber })]), [changesStatus(kind, 'a')]),
    ).toBe(expected);
  });

  it('answers strangers as if there were nothing, and a stale copy before the state of things', () => {
    const state = aState({ status: 'completed' }, [aDelegation('a', 1)]);
    const cancel = { kind: 'cancel', registrationId: 'r-a' } as const;
    expect(answer(state, [{ ...cancel, by: owner('b') }])).toBe('resource.not_found');
    expect(answer(state, [{ ...cancel, by: { role: 'organizer', organizationId: 'x' } }])).toBe(
      'resource.not_found',
    );
    expect(answer(state, [{ ...cancel, by: owner('a'), ifMatch: 2 }])).toBe('precondition.failed');
    expect(answer(state, [{ ...cancel, by: owner('a'), ifMatch: 1 }])).toBe('registration.closed');
  });

  it('is the organizer alone who approves', () => {
    const state = aState({}, [aDelegation('a', 1, { status: 'pending' })]);
    expect(answer(state, [{ kind: 'approve', registrationId: 'r-a', by: owner('a') }])).toBe(
      'auth.forbidden',
    );
  });
});

describe('a changed stop', () => {
  it('bumps nobody when its capacity is lowered below the seats taken', () => {
    const outcome = decide(aState({}, [aDelegation('a', 8)]), [stopChanges({ capacity: 5 })], nine);
    expect(outcome).toMatchObject({ changes: [], stop: { capacity: 5, confirmedSeats: 8 } });
  });

  it('cancels every live delegation, named by the batch or not', () => {
    const state = aState({}, [aDelegation('a', 8), aWaiting('b', 3, 1)]);
    const outcome = decide({ ...state, delegations: [] }, [stopChanges({ status: 'cancelled' })], nine);
    const zero = { confirmedSeats: 0, waitlistedSeats: 0, waitingDelegations: 0 };
    expect(outcome).toMatchObject({ everyLiveCancelled: true, stop: zero });
  });

  it.each([0, 1])('ignores version %d, which it already has', (stopVersion) => {
    const state = aState({}, [aDelegation('a', 8)]);
    expect(decide(state, [stopChanges({ stopVersion, status: 'cancelled' })], nine).stop).toEqual(state.stop);
  });
});

it('says so at once when a loader forgets the waiting list', () => {
  const state = { ...aState({}, [aDelegation('a', 10), aWaiting('b', 1, 1)]), waiting: null };
  expect(() => decide(state, [changesStatus('cancel', 'a')], nine)).toThrow('was not loaded');
});

describe('a refusal by the clock', () => {
  const cancels: Command = { kind: 'cancel', by: owner('a'), registrationId: 'r-a' };
  const removes: Command = {
    kind: 'removeDelegate',
    by: owner('a'),
    registrationId: 'r-a',
    delegateId: 'a-1',
  };

  it.each<[string, Command, string]>([
    ['07:59', registers('b', 1), 'Registration opens at 2026-12-01 16:00 (Asia/Shanghai).'],
    ['10:00', registers('b', 1), 'Registration closed at 2026-12-01 18:00 (Asia/Shanghai).'],
    ['10:45', removes, 'Companies could change their delegates until 2026-12-01 18:45 (Asia/Shanghai).'],
    ['10:45', cancels, 'Companies could cancel until 2026-12-01 18:45 (Asia/Shanghai).'],
    ['12:00', cancels, 'The stop ended at 2026-12-01 20:00 (Asia/Shanghai).'],
  ])('tells the time on the stop’s own clock, at %s UTC', (now, command, detail) => {
    const { decisions } = decide(aState({}, [aDelegation('a', 2)]), [command], at(now));
    expect(decisions).toMatchObject([{ accepted: false, refusal: { detail } }]);
  });
});
