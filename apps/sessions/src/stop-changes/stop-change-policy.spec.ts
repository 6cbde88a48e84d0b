import { describe, expect, it } from '@jest/globals';
import { movesToFollow, placeAfter, unscheduledReason, touchesPlaces } from './stop-change-policy.js';

const move = (from: number, to: number, reason: string | null = null) => ({
  fromStartsAt: `2026-12-${from}T01:00:00Z`,
  toStartsAt: `2026-12-${to}T01:00:00Z`,
  reason,
});
const session = { roomId: 'r1', startsAt: '2026-12-12T02:30:00Z', durationMinutes: 45 };
const stop = {
  startsAt: '2026-12-12T01:00:00Z',
  endsAt: '2026-12-12T09:00:00Z',
  rooms: [{ id: 'r1', name: { zh: '一号厅' }, seats: 10 }],
  city: { code: '510100', name: { zh: '成都市' } },
  speakerTravelMinutes: 240,
};

describe('the moves of a stop', () => {
  it('are followed from where one is', () => {
    const moves = [move(12, 13), move(13, 20)];
    expect([0, 1, 2].map((applied) => movesToFollow({ moves }, applied).length)).toEqual([2, 1, 0]);
  });

  it('one after the other, room and length kept', () => {
    const place = { roomId: 'r1', startsAt: '2026-12-20T02:30:00Z', endsAt: '2026-12-20T03:15:00Z' };
    expect(placeAfter([move(12, 13), move(13, 20)], session, 'Asia/Shanghai')).toEqual(place);
  });

  it.each([
    [[move(12, 13, '暴雨')], 'The stop was rescheduled (暴雨) and this session can’t keep its place. D'],
    [[move(12, 13)], 'The stop was rescheduled and this session can’t keep its place. D'],
    [[], 'The stop was changed and this session can’t keep its place. D'],
  ])('are named as the reason of the loss', (moves, reason) => {
    expect(unscheduledReason(moves, 'D')).toBe(reason.replaceAll('’', "'"));
  });
});

describe('a change of a stop', () => {
  it.each([
    ['nothing', {}, false],
    ['another spelling of the start', { startsAt: '2026-12-12T09:00:00+08:00' }, false],
    ['a later end', { endsAt: '2026-12-12T10:00:00Z' }, true],
    ['a district of the same city', { city: { code: '510104', name: { zh: '锦江区' } } }, false],
    ['another city', { city: { code: '510700', name: { zh: '绵阳市' } } }, true],
    ['shorter travel', { speakerTravelMinutes: 30 }, true],
    ['a room more', { rooms: [...stop.rooms, { id: 'r2', name: { zh: '二号厅' }, seats: 5 }] }, false],
    ['fewer seats', { rooms: [{ id: 'r1', name: { zh: '一号厅' }, seats: 1 }] }, false],
    ['a room less', { rooms: [] }, true],
  ])('%s: can it take a place away?', (_what, change, touches) => {
    expect(touchesPlaces(stop, { ...stop, ...change })).toBe(touches);
  });
});
