import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { layOut } from './layout.js';

const zone = 'Asia/Shanghai';
const session = (id: string, roomId: string, from: string, to: string) => ({
  id,
  roomId,
  startsAt: `2027-01-16T${from}:00Z`,
  endsAt: `2027-01-16T${to}:00Z`,
});

describe('the grid of a timetable', () => {
  it('has a row from each edge to the next, and a column for each room in use', () => {
    const days = layOut(
      [session('b', 'r2', '01:30', '02:30'), session('a', 'r1', '01:00', '02:00')],
      ['r1', 'r2', 'unused'],
      zone,
    );
    expect(days).toHaveLength(1);
    expect(days[0]).toMatchObject({ date: '2027-01-16', roomIds: ['r1', 'r2'] });
    expect(days[0]?.slices.map(({ minutes }) => minutes)).toEqual([30, 30, 30]);
    expect(days[0]?.sessions.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(Object.fromEntries(days[0]?.places ?? [])).toEqual({
      a: { row: 2, rowEnd: 4, column: 2 },
      b: { row: 3, rowEnd: 5, column: 3 },
    });
  });

  it('divides days on the clock of the stop, and marks pauses', () => {
    const late = { ...session('late', 'r1', '15:00', '15:30') };
    const next = { ...session('next', 'r1', '16:30', '17:00') };
    expect(layOut([next, late], ['r1'], zone).map(({ date }) => date)).toEqual(['2027-01-16', '2027-01-17']);
    const pause = layOut([late, session('early', 'r1', '10:00', '11:00')], ['r1'], zone)[0]?.slices;
    expect(pause?.map(({ isPause }) => isPause)).toEqual([false, true, false]);
  });

  it('is empty where nothing is', () => expect(layOut([], ['r1'], zone)).toEqual([]));

  it('keeps a room that the stop no longer names', () => {
    expect(layOut([session('a', 'gone', '01:00', '02:00')], ['r1'], zone)[0]?.roomIds).toEqual(['gone']);
  });

  it('places every session below its start and above its end, and no two of a room on one another', () => {
    const minutes = fc.array(fc.tuple(fc.integer({ min: 0, max: 80 }), fc.integer({ min: 1, max: 12 })), {
      minLength: 1,
      maxLength: 20,
    });
    fc.assert(
      fc.property(minutes, (list) => {
        let fromMs = Date.parse('2027-01-16T00:00:00Z');
        const sessions = list.map(([gap, length], index) => {
          const startMs = fromMs + gap * 300_000;
          fromMs = startMs + length * 300_000;
          return {
            id: `s${index}`,
            roomId: 'r',
            startsAt: new Date(startMs).toISOString(),
            endsAt: new Date(fromMs).toISOString(),
          };
        });
        for (const day of layOut(sessions, ['r'], 'UTC')) {
          let row = 0;
          for (const { id } of day.sessions) {
            const place = day.places.get(id);
            expect(place?.row).toBeGreaterThanOrEqual(Math.max(2, row));
            expect(place?.rowEnd).toBeGreaterThan(place?.row ?? 0);
            row = place?.rowEnd ?? 0;
          }
        }
      }),
    );
  });
});
