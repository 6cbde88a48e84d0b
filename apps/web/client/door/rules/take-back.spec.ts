import { describe, expect, it } from '@jest/globals';
import { outlived, type Scan } from './scan.js';
import { canTakeBack, takeBack } from './take-back.js';
import { aScan } from './testing.js';

const next = { id: 'k2', serial: 2, atMs: 5 };

describe('taking back', () => {
  it('drops what was never sent', () => {
    expect(takeBack(aScan(), next)).toMatchObject({ id: 'k1', state: 'dropped', badge: null });
  });

  it.each<[string, Partial<Scan>]>([
    ['may have arrived', { sentAt: '2027-01-16T01:00:00.000Z' }],
    ['was confirmed', { state: 'confirmed', sentAt: '2027-01-16T01:00:00.000Z' }],
    ['was done at another door', { said: 'already', state: 'local' }],
  ])('asks the API for what %s', (_, changes) => {
    expect(takeBack(aScan(changes), next)).toMatchObject({
      ...next,
      said: 'take_back',
      state: 'waiting',
      delegateId: 'd1',
    });
  });

  it('waits for the answer about somebody whom the list does not know', () => {
    expect(takeBack(aScan({ delegateId: null, sentAt: 'x' }), next)).toBeNull();
  });

  it.each<[boolean, Partial<Scan>]>([
    [true, {}],
    [true, { state: 'confirmed' }],
    [false, { state: 'refused' }],
    [false, { state: 'dropped' }],
    [false, { said: 'not_valid', state: 'local' }],
    [false, { said: 'take_back' }],
  ])('is possible: %s for %j', (possible, changes) => {
    expect(canTakeBack(aScan(changes))).toBe(possible);
  });
});

describe('old scans', () => {
  it('are forgotten once they are answered, and never while they wait or are to be looked at', () => {
    const scans = Array.from({ length: 210 }, (_, at) =>
      aScan({
        id: `k${at}`,
        serial: at,
        state: at === 3 ? 'waiting' : at === 4 ? 'refused' : 'confirmed',
      }),
    );
    expect(outlived(scans).map(({ id }) => id)).toEqual([0, 1, 2, 5, 6, 7, 8, 9].map((at) => `k${at}`));
  });
});
