import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { StopState } from '#contracts';
import { blockedTimes } from './blocked-times.js';
import { endOf, outsideStop } from './placement.js';
import { bookingRows, rowsCollide } from './speaker-booking.js';

const stop: Pick<StopState, 'startsAt' | 'endsAt' | 'timeZone' | 'city' | 'speakerTravelMinutes'> & {
  rooms: { id: string }[];
} = {
  startsAt: '2026-12-12T01:00:00Z',
  endsAt: '2026-12-12T09:00:00Z',
  timeZone: 'Asia/Shanghai',
  city: { code: '510100', name: { zh: '成都市' } },
  speakerTravelMinutes: 60,
  rooms: [{ id: 'r1' }, { id: 'r2' }],
};
const title = { zh: '智能制造' };
const at = (minute: number): string =>
  new Date(Date.parse(stop.startsAt) + minute * 60_000).toISOString().replace('.000Z', 'Z');
const range = (start: number, minutes: number) => ({ startsAt: at(start), endsAt: at(start + minutes) });

describe('the times at which a session can’t start', () => {
  it('are listed for a room, for a speaker, and for what is outside the stop', () => {
    const room = { sessionId: 's1', title, ...range(60, 30), roomId: 'r1' };
    const speaker = { sessionId: 's2', title, ...range(240, 30), speakerKey: 'k', cityName: title };
    const taken = {
      rooms: [room, { ...room, sessionId: 'own', roomId: 'r2' }],
      speakers: [
        { ...speaker, place: '510100', travelMinutes: 240 },
        { ...speaker, sessionId: 's3', place: '330100', travelMinutes: 90 },
      ],
    };
    expect(blockedTimes({ id: 'own', durationMinutes: 45 }, stop, taken)).toEqual([
      { roomId: null, from: '2000-01-01T00:00:00Z', to: at(0), code: 'session.outside_stop', conflict: {} },
      {
        roomId: 'r1',
        from: at(15),
        to: at(90),
        code: 'session.room_conflict',
        conflict: { sessionId: 's1', title },
      },
      {
        roomId: null,
        from: at(105),
        to: at(360),
        code: 'session.speaker_conflict',
        conflict: { sessionId: 's3', title },
      },
      {
        roomId: null,
        from: at(195),
        to: at(270),
        code: 'session.speaker_conflict',
        conflict: { sessionId: 's2', title },
      },
      { roomId: null, from: at(435), to: '2200-01-01T00:00:00Z', code: 'session.outside_stop', conflict: {} },
    ]);
  });

  it('are exactly those at which the rules refuse it', () => {
    const cities = ['510100', '330100'];
    const other = fc.record({
      start: fc.nat(450),
      minutes: fc.integer({ min: 5, max: 90 }),
      room: fc.constantFrom('r1', 'r2'),
      city: fc.nat(1),
      travel: fc.constantFrom(0, 30, 120),
      shared: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.array(other, { maxLength: 4 }),
        fc.integer({ min: 5, max: 500 }),
        fc.integer({ min: -60, max: 540 }),
        fc.constantFrom('r1', 'r2'),
        (others, durationMinutes, start, roomId) => {
          const rooms = others
            .filter(({ city }) => city === 0)
            .map((one, index) => ({
              sessionId: `s${index}`,
              title,
              ...range(one.start, one.minutes),
              roomId: one.room,
            }));
          const shared = others.filter((one) => one.shared);
          const speakers = shared.map((one, index) => ({
            sessionId: `t${index}`,
            title,
            ...range(one.start, one.minutes),
            speakerKey: 'k',
            place: cities[one.city] ?? '',
            cityName: title,
            travelMinutes: one.travel,
          }));
          const blocked = blockedTimes({ id: 'own', durationMinutes }, stop, { rooms, speakers }).some(
            (item) =>
              (item.roomId === null || item.roomId === roomId) &&
              Date.parse(at(start)) > Date.parse(item.from) &&
              Date.parse(at(start)) < Date.parse(item.to),
          );
          const place = { roomId, startsAt: at(start), endsAt: endOf(at(start), durationMinutes) };
          const booking = (
            id: string,
            times: { startsAt: string; endsAt: string },
            city: string,
            travel: number,
          ) =>
            bookingRows(
              { id, organizationId: 'o', ...times, speakerKeys: ['k'] },
              { cityCode: city, speakerTravelMinutes: travel },
            );
          const own = booking('own', place, stop.city.code, stop.speakerTravelMinutes);
          const meets = shared.some((one) =>
            booking('x', range(one.start, one.minutes), cities[one.city] ?? '', one.travel).some((row) =>
              own.some((mine) => rowsCollide(mine, row)),
            ),
          );
          const inRoom = rooms.some(
            (one) => one.roomId === roomId && one.startsAt < place.endsAt && place.startsAt < one.endsAt,
          );
          expect(blocked).toBe(outsideStop(place, stop) !== null || inRoom || meets);
        },
      ),
    );
  });
});
