import { describe, expect, it } from '@jest/globals';
import { inOrderOfState, passState, type DoorPass } from './door-pass.js';

const nowMs = Date.parse('2027-01-16T01:00:00Z');
const pass = (over: Partial<DoorPass> = {}): DoorPass => ({
  id: 'a',
  label: '东门',
  createdAt: '2027-01-15T01:00:00Z',
  expiresAt: '2027-01-17T10:00:00Z',
  usedAt: null,
  ...over,
});

describe('a pass of the door', () => {
  it.each<[string, Partial<DoorPass>]>([
    ['waiting', {}],
    ['alive', { usedAt: '2027-01-16T00:30:00Z' }],
    ['expired', { expiresAt: '2027-01-16T01:00:00Z' }],
    ['expired', { usedAt: '2027-01-15T00:30:00Z', expiresAt: '2027-01-15T10:00:00Z' }],
  ])('is %s', (state, over) => expect(passState(pass(over), nowMs)).toBe(state));

  it('stands before those that no phone uses any more', () => {
    const passes = [
      pass({ id: 'over', expiresAt: '2027-01-01T00:00:00Z' }),
      pass({ id: 'new' }),
      pass({ id: 'phone', usedAt: '2027-01-16T00:30:00Z' }),
    ];
    expect(inOrderOfState(passes, nowMs).map((one) => [one.pass.id, one.state])).toEqual([
      ['phone', 'alive'],
      ['new', 'waiting'],
      ['over', 'expired'],
    ]);
  });
});
