import { describe, expect, it } from '@jest/globals';
import { neighbour, steppedBy } from './steps-by-key.js';

const hour = 3_600_000;
const days = [
  { date: '2027-01-16', fromMs: 0, toMs: 9 * hour },
  { date: '2027-01-17', fromMs: 24 * hour, toMs: 33 * hour },
] as const;
const around = { roomIds: ['r1', 'r2'], days, day: days[0], step: 15 as const, lengthMs: hour };
const target = { roomId: 'r1', startMs: 2 * hour };

describe('a lifted session', () => {
  it.each([
    ['ArrowDown', false, { roomId: 'r1', startMs: 2.25 * hour }],
    ['ArrowUp', true, { roomId: 'r1', startMs: hour }],
    ['ArrowRight', false, { roomId: 'r2', startMs: 2 * hour }],
    ['ArrowLeft', false, target],
    ['Home', false, { roomId: 'r1', startMs: 0 }],
    ['End', false, { roomId: 'r1', startMs: 8 * hour }],
    ['PageDown', false, { roomId: 'r1', startMs: 26 * hour }],
    ['PageUp', false, target],
    ['x', false, null],
  ])('goes by %s', (key, isShift, to) => expect(steppedBy(key, isShift, target, around)).toEqual(to));

  it('stays within the day', () => {
    const late = { roomId: 'r1', startMs: 8 * hour };
    expect(steppedBy('ArrowDown', true, late, around)).toEqual(late);
    expect(steppedBy('ArrowUp', true, { roomId: 'r1', startMs: 0 }, around)?.startMs).toBe(0);
  });
});

describe('the focus', () => {
  const [a, b, c, d] = [
    { id: 'a', room: 0, startMs: 0 },
    { id: 'b', room: 0, startMs: 2 },
    { id: 'c', room: 2, startMs: 1 },
    { id: 'd', room: 2, startMs: 5 },
  ] as const;
  it.each([
    ['ArrowDown', a, 'b'],
    ['ArrowUp', b, 'a'],
    ['ArrowUp', a, undefined],
    ['ArrowRight', a, 'c'],
    ['ArrowLeft', d, 'b'],
    ['Enter', a, undefined],
  ] as const)('goes by %s', (key, from, to) => expect(neighbour(key, from, [a, b, c, d])?.id).toBe(to));
});
