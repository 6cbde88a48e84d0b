import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { badgeFrom } from '../seats/badge.js';
import { type CheckIn, checkIn, type ScannedBadge } from './check-in.js';

const at = (time: string) => new Date(`2026-12-01T${time}Z`);
const door = { stopId: 'stop', status: 'published', startsAt: at('08:00:00') } as const;
const badge: ScannedBadge = {
  stopId: 'stop',
  status: 'confirmed',
  ended: false,
  checkedInAt: null,
  registeredAt: new Date('2026-11-01T00:00:00Z'),
};
const now = at('09:00:00');

const answer = (result: CheckIn): string =>
  result.accepted ? result.checkedInAt.toISOString().slice(11, 19) : result.refusal.code;

describe('checkIn', () => {
  it.each<[string, ScannedBadge | null, 'published' | 'completed' | 'cancelled' | 'draft', string]>([
    ['lets a confirmed delegate in', badge, 'published', '09:00:00'],
    ['takes late scans of a completed stop', badge, 'completed', '09:00:00'],
    ['lets nobody into a cancelled stop', badge, 'cancelled', 'stop.cancelled'],
    ['knows nobody at a draft', null, 'draft', 'badge.unknown'],
    ['does not know every badge', null, 'published', 'badge.unknown'],
    ['sends to the right stop', { ...badge, stopId: 'other' }, 'published', 'badge.wrong_stop'],
    ['refuses a replaced badge', { ...badge, ended: true }, 'published', 'badge.not_valid'],
    ['refuses who waits', { ...badge, status: 'waitlisted' }, 'published', 'badge.not_valid'],
    ['refuses who is pending', { ...badge, status: 'pending' }, 'published', 'badge.not_valid'],
    ['refuses who was cancelled', { ...badge, status: 'cancelled' }, 'published', 'badge.not_valid'],
  ])('%s', (_, scanned, status, expected) => {
    expect(answer(checkIn({ ...door, status }, scanned, null, now))).toBe(expected);
  });

  it.each([
    ['09:05:00', '09:05:00'],
    ['09:05:01', 'request.invalid'],
    ['06:00:00', '06:00:00'],
  ])('takes a scan of %s at nine as %s', (time, expected) => {
    expect(answer(checkIn(door, badge, at(time), now))).toBe(expected);
  });

  it.each([
    ['a day before the start', '2026-11-30T08:00:00Z', badge.registeredAt, '2026-11-30T08:00:00.000Z', false],
    ['more than a day before', '2026-11-30T07:59:59Z', badge.registeredAt, now.toISOString(), true],
    ['decades before', '2001-01-01T00:00:00Z', badge.registeredAt, now.toISOString(), true],
    ['before the registration', '2026-12-01T08:29:59Z', at('08:30:00'), now.toISOString(), true],
    ['at the registration', '2026-12-01T08:30:00Z', at('08:30:00'), '2026-12-01T08:30:00.000Z', false],
  ])('takes a scan %s as it can have been', (_, time, registeredAt, expected, adjusted) => {
    const result = checkIn(door, { ...badge, registeredAt }, new Date(time), now);
    expect(result).toMatchObject({ accepted: true, checkedInAt: new Date(expected), adjusted });
  });

  it.each([
    ['waitlisted', 'waiting list'],
    ['pending', 'approval'],
    ['declined', 'declined'],
    ['cancelled', 'cancelled'],
  ] as const)('says of somebody %s what is the matter', (status, word) => {
    const result = checkIn(door, { ...badge, status }, null, now);
    expect(result.accepted ? '' : result.refusal.detail).toContain(word);
  });

  it('keeps the earliest of any scans in any order, and calls all but the first repeated', () => {
    const minutes = fc.array(fc.integer({ min: -600, max: 5 }), { minLength: 1, maxLength: 8 });
    const check = fc.property(minutes, (scans) => {
      let stored = badge;
      const repeated = scans.map((minute) => {
        const result = checkIn(door, stored, new Date(now.getTime() + minute * 60_000), now);
        if (!result.accepted) throw new Error(result.refusal.code);
        expect(result.changed).toBe(result.checkedInAt.getTime() !== stored.checkedInAt?.getTime());
        stored = { ...stored, checkedInAt: result.checkedInAt };
        return result.repeated;
      });
      expect(stored.checkedInAt).toEqual(new Date(now.getTime() + Math.min(...scans) * 60_000));
      expect(repeated).toEqual(scans.map((_, index) => index > 0));
    });
    fc.assert(check);
  });
});

describe('badgeFrom', () => {
  it('spells the bytes in 32 signs, the same for the same', () => {
    expect(badgeFrom(new Uint8Array(20))).toBe('0'.repeat(32));
    expect(badgeFrom(new Uint8Array(20).fill(255))).toBe('Z'.repeat(32));
    expect(() => badgeFrom(new Uint8Array(15))).toThrow('at least 16');
  });

  it('keeps every bit, so that no two draws share a badge', () => {
    const bytes = fc.uint8Array({ minLength: 16, maxLength: 24 });
    const check = fc.property(bytes, fc.nat(), fc.integer({ min: 1, max: 255 }), (drawn, position, flip) => {
      const other = drawn.map((byte, index) => (index === position % drawn.length ? byte ^ flip : byte));
      expect(badgeFrom(other)).not.toBe(badgeFrom(drawn));
      expect(badgeFrom(drawn)).toMatch(/^[0-9A-HJKMNP-TV-Z]+$/);
    });
    fc.assert(check);
  });
});
