import { expect, it } from '@jest/globals';
import type { Command } from './command.js';
import { loadPlan, needsWaitingList } from './load-plan.js';
import { aDelegate, aDelegation, aStop, organizer } from './testing/seats.builders.js';

const by = { role: 'company', companyId: 'a' } as const;
const registrationId = 'r-a';
const register: Command = {
  kind: 'register',
  companyId: 'b',
  registrationId: 'r-b',
  delegates: [],
  note: null,
  consentTextVersion: null,
};
const add: Command = { kind: 'addDelegate', by, registrationId, delegate: aDelegate('1') };
const cancel: Command = { kind: 'cancel', by: organizer, registrationId };
const stopChanged: Command = { kind: 'stopChanged', stop: aStop };

it('names each row once', () => {
  expect(loadPlan([register, add, cancel, stopChanged, register])).toEqual({
    registrationIds: ['r-a'],
    companyIds: ['b', 'a'],
  });
});

it.each<[string, Command, 'confirmed' | 'waitlisted', number, boolean]>([
  ['a newcomer', register, 'confirmed', 9, false],
  ['a newcomer whose company waits already', register, 'waitlisted', 9, false],
  ['growing what is confirmed', add, 'confirmed', 9, false],
  ['growing what waits', add, 'waitlisted', 9, true],
  ['a cancellation', cancel, 'confirmed', 9, true],
  ['a cancellation where nobody waits', cancel, 'confirmed', 0, false],
  ['a changed stop', stopChanged, 'confirmed', 9, true],
])('%s: %#', (_, command, status, waitingDelegations, expected) => {
  const loaded = [aDelegation(command === register ? 'b0' : 'a', 1, { status })];
  expect(needsWaitingList({ waitingDelegations }, [command], loaded)).toBe(expected);
});
