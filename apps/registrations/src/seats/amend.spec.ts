import { describe, expect, it } from '@jest/globals';
import type { AddDelegate, Command, SubstituteDelegate } from './command.js';
import type { Decision, SeatsState } from './decision.js';
import { delegateChanges, type Delegation, shownBadge } from './delegation.js';
import { decide } from './decide.js';
import { aDelegate, aDelegation, aState, at, aWaiting, organizer } from './testing/seats.builders.js';

const owner = { role: 'company', companyId: 'a' } as const;
const adds: AddDelegate = {
  kind: 'addDelegate',
  by: owner,
  registrationId: 'r-a',
  delegate: aDelegate('new'),
};

function decideOne(state: SeatsState, command: Command, now = at('09:00')): Decision | undefined {
  return decide(state, [command], now).decisions[0];
}

function answer(state: SeatsState, command: Command, now = at('09:00')): string {
  const decision = decideOne(state, command, now);
  if (decision?.accepted !== true) return decision?.refusal.code ?? 'none';
  return `${decision.after?.status} ${decision.after?.delegates.length}`;
}

describe('one delegate more', () => {
  it.each<[string, SeatsState, string]>([
    ['takes a free seat', aState({}, [aDelegation('a', 2)]), 'confirmed 3'],
    ['needs a free seat', aState({}, [aDelegation('a', 2), aDelegation('b', 8)]), 'registration.full'],
    [
      'passes nobody who waits',
      aState({}, [aDelegation('a', 2), aDelegation('b', 6), aWaiting('c', 3, 1)]),
      'registration.full',
    ],
    [
      'may pass by first_fit',
      aState({ waitlistPolicy: 'first_fit' }, [
        aDelegation('a', 2),
        aDelegation('b', 6),
        aWaiting('c', 3, 1),
      ]),
      'confirmed 3',
    ],
    [
      'keeps to the limit per company',
      aState({ maxDelegatesPerCompany: 2 }, [aDelegation('a', 2)]),
      'registration.too_many_delegates',
    ],
    [
      'can be the one after the last of the capacity',
      aState({ capacity: 2 }, [aDelegation('a', 2)]),
      'registration.too_many_delegates',
    ],
    [
      'can not join what was cancelled',
      aState({}, [aDelegation('a', 2, { status: 'cancelled' })]),
      'registration.invalid_transition',
    ],
    [
      'is not for a suspended company',
      aState({}, [aDelegation('a', 2)], { a: 'suspended' }),
      'company.suspended',
    ],
    [
      'is not for a stop that is over',
      aState({ status: 'completed' }, [aDelegation('a', 2)]),
      'registration.closed',
    ],
    ['is not for a cancelled stop', aState({ status: 'cancelled' }, [aDelegation('a', 2)]), 'stop.cancelled'],
    [
      'leaves a pending delegation pending',
      aState({}, [aDelegation('a', 2, { status: 'pending' })]),
      'pending 3',
    ],
  ])('%s', (_, state, expected) => {
    expect(answer(state, adds)).toBe(expected);
  });

  it('lets a waiting delegation grow up to the limit, and keep its place', () => {
    const state = aState({ capacity: 4 }, [aDelegation('b', 4), aWaiting('a', 2, 1), aWaiting('c', 1, 2)]);
    const decision = decideOne(state, adds);
    expect(decision).toMatchObject({ accepted: true, waitlistPosition: 1 });
    const large = aState({ capacity: 4 }, [aDelegation('b', 4), aWaiting('a', 4, 1)]);
    expect(answer(large, adds)).toBe('registration.too_many_delegates');
  });

  it('is for the organizer alone once the window is closed', () => {
    const state = aState({}, [aDelegation('a', 2)]);
    expect(answer(state, adds, at('10:00'))).toBe('registration.closed');
    expect(answer(state, { ...adds, by: organizer }, at('10:00'))).toBe('confirmed 3');
  });

  it('has an e-mail address of its own', () => {
    const delegate = aDelegate('new', 'A-1@EXAMPLE.com');
    expect(decideOne(aState({}, [aDelegation('a', 2)]), { ...adds, delegate })).toMatchObject({
      refusal: { code: 'request.invalid', errors: [{ pointer: '/email' }] },
    });
  });
});

describe('a substitute', () => {
  const substitutes = (patch: SubstituteDelegate['patch'], delegateId = 'a-1'): SubstituteDelegate => ({
    kind: 'substituteDelegate',
    by: owner,
    registrationId: 'r-a',
    delegateId,
    patch,
    newBadge: 'badge-new',
  });
  const state = aState({}, [aDelegation('a', 2)]);

  it.each([
    ['a new e-mail makes a new badge', { email: 'wang@example.com' }, 'badge-new', 2],
    ['the same address in other case keeps the badge', { email: 'A-1@example.com' }, 'badge-a-1', 2],
    ['another name keeps the badge', { name: 'Wang' }, 'badge-a-1', 2],
    ['the same name changes nothing', { name: 'Delegate a-1' }, 'badge-a-1', 1],
    ['nothing changes nothing', {}, 'badge-a-1', 1],
  ])('%s', (_, patch, badge, version) => {
    const decision = decideOne(state, substitutes(patch));
    expect(decision).toMatchObject({ after: { version, delegates: [{ id: 'a-1', badge }, { id: 'a-2' }] } });
    expect(decision).toMatchObject({ unseatedDelegateIds: [] });
  });

  it('has an e-mail address of its own, and must be there', () => {
    expect(decideOne(state, substitutes({ email: 'a-2@example.com' }))).toMatchObject({
      refusal: { code: 'request.invalid', errors: [{ pointer: '/email' }] },
    });
    expect(answer(state, substitutes({ name: 'Wang' }, 'b-1'))).toBe('resource.not_found');
  });

  it('can come after the window, and when there is no seat', () => {
    const full = aState({ capacity: 2 }, [aDelegation('a', 2)]);
    expect(answer(full, substitutes({ email: 'wang@example.com' }), at('10:44'))).toBe('confirmed 2');
  });

  it('comes from a company until the freeze, from the organizer until the end, whatever the status says', () => {
    const state = aState({}, [aDelegation('a', 2)]);
    const change = substitutes({ email: 'wang@example.com' });
    expect(answer(state, change, at('10:45'))).toBe('registration.frozen');
    expect(answer(state, { ...change, by: organizer }, at('11:59'))).toBe('confirmed 2');
    expect(answer(state, { ...change, by: organizer }, at('12:00'))).toBe('registration.closed');
    expect(answer(state, change, at('12:00'))).toBe('registration.closed');
  });
});

describe('one delegate fewer', () => {
  it('never leaves a delegation empty', () => {
    const leaves = { kind: 'removeDelegate', by: owner, registrationId: 'r-a', delegateId: 'a-1' } as const;
    expect(answer(aState({}, [aDelegation('a', 1)]), leaves)).toBe('registration.last_delegate');
    expect(answer(aState({}, [aDelegation('a', 2)]), leaves)).toBe('confirmed 1');
  });
});

describe('delegateChanges', () => {
  it('names what to write, and every badge that no longer opens the door', () => {
    const before = aDelegation('a', 3);
    const [first = aDelegate('?'), , third = aDelegate('?')] = before.delegates;
    const other = { ...third, badge: 'badge-new' };
    const after: Delegation = { ...before, delegates: [first, other, aDelegate('new')] };
    expect(delegateChanges(before, after)).toMatchObject({
      added: [aDelegate('new')],
      changed: [other],
      removed: [aDelegate('a-2')],
      endedBadges: [
        { badge: 'badge-a-2', delegateId: 'a-2' },
        { badge: 'badge-a-3', delegateId: 'a-3' },
      ],
    });
    expect(delegateChanges(null, before)).toMatchObject({ added: before.delegates, endedBadges: [] });
  });
});

it.each([
  ['confirmed', 'badge-1'],
  ['pending', null],
  ['waitlisted', null],
  ['declined', null],
  ['cancelled', null],
] as const)('shows the badge of a %s delegate as %s', (status, expected) => {
  expect(shownBadge(status, aDelegate('1'))).toBe(expected);
});
