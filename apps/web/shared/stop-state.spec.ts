import { describe, expect, it } from '@jest/globals';
import { stopState, type Seats, type StopFacts } from './stop-state.js';

const stop: StopFacts = {
  status: 'published',
  startsAt: '2027-01-16T01:00:00Z',
  endsAt: '2027-01-16T10:00:00Z',
  registrationState: 'open',
  registration: { waitlist: true, waitlistPolicy: 'strict' },
};
const seats: Seats = { capacity: 10, left: 3, waitlisted: 0 };
const [before, during, after] = [
  Date.parse('2027-01-01'),
  Date.parse('2027-01-16T02:00:00Z'),
  Date.parse('2027-02-01'),
];

describe('the state of a stop for its readers', () => {
  it.each<[string, Partial<StopFacts>, Partial<Seats> | null, number]>([
    ['open', {}, {}, before],
    ['open', {}, null, before],
    ['waiting_list', {}, { left: 0 }, before],
    ['waiting_list', {}, { waitlisted: 2 }, before],
    ['open', { registration: { waitlist: true, waitlistPolicy: 'first_fit' } }, { waitlisted: 2 }, before],
    ['full', { registration: { waitlist: false, waitlistPolicy: 'strict' } }, { left: 0 }, before],
    ['not_open', { registrationState: 'not_open' }, {}, before],
    ['closed', { registrationState: 'closed' }, {}, before],
    ['on', { registrationState: 'closed' }, {}, during],
    ['open', {}, {}, during],
    ['over', {}, {}, after],
    ['over', { status: 'completed' }, {}, before],
    ['cancelled', { status: 'cancelled' }, {}, before],
    ['draft', { status: 'draft' }, {}, before],
  ])('is %s', (state, facts, some, nowMs) => {
    expect(stopState({ ...stop, ...facts }, some === null ? null : { ...seats, ...some }, nowMs)).toBe(state);
  });
});
