import { describe, expect, it } from '@jest/globals';
import type { StopState } from '#contracts';
import { newSession, type SessionRecord } from './session.js';
import { partnerProblem, swapped } from './swap.js';

const stop = {
  startsAt: '2026-12-12T01:00:00Z',
  endsAt: '2026-12-12T09:00:00Z',
  timeZone: 'Asia/Shanghai',
  rooms: [
    { id: 'r1', name: { zh: '一号厅' }, seats: 10 },
    { id: 'r2', name: { zh: '二号厅' }, seats: 10 },
  ],
} as unknown as StopState;

function talk(id: string, roomId: string, hour: number, minutes: number, email: string): SessionRecord {
  const startsAt = `2026-12-12T0${hour}:00:00Z`;
  const draft = {
    title: { zh: id },
    kind: 'sharing' as const,
    durationMinutes: minutes,
    speakers: [{ name: email, email }],
  };
  const of = { id, stopId: 's', organizationId: 'o', companyId: null, status: 'scheduled' as const };
  const endsAt = new Date(Date.parse(startsAt) + minutes * 60_000).toISOString().replace('.000Z', 'Z');
  return {
    ...newSession(draft, of, { id: () => `${id} speaker`, now: new Date(0) }),
    roomId,
    startsAt,
    endsAt,
  };
}

describe('two sessions that change places', () => {
  it('start when and where the other did, and keep their lengths', () => {
    const swap = swapped(talk('a', 'r1', 2, 30, 'a'), talk('b', 'r2', 4, 60, 'b'), stop);
    expect(swap).toMatchObject({
      session: {
        id: 'a',
        roomId: 'r2',
        startsAt: '2026-12-12T04:00:00Z',
        endsAt: '2026-12-12T04:30:00Z',
        version: 2,
      },
      other: {
        id: 'b',
        roomId: 'r1',
        startsAt: '2026-12-12T02:00:00Z',
        endsAt: '2026-12-12T03:00:00Z',
        version: 2,
      },
    });
    expect(partnerProblem(swap, stop)).toBeNull();
  });

  it('stay where one would reach beyond the stop', () => {
    const last = talk('b', 'r2', 8, 60, 'b');
    expect(() => swapped(talk('a', 'r1', 2, 90, 'a'), last, stop)).toThrow('session.outside_stop');
  });

  it.each([
    ['the room', 'r1', 'r1', 'b', 'session.room_conflict'],
    ['a speaker', 'r1', 'r2', 'a', 'session.speaker_conflict'],
  ])('may meet each other because of their lengths: %s', (_what, room, otherRoom, email, code) => {
    const swap = swapped(talk('a', room, 2, 60, 'a'), talk('b', otherRoom, 3, 120, email), stop);
    const problem = partnerProblem(swap, stop);
    expect(problem?.code).toBe(code);
    expect(problem?.extra.conflicts).toMatchObject([{ sessionId: 'b', startsAt: '2026-12-12T02:00:00Z' }]);
  });

  it('do not meet in two rooms without a speaker of both', () => {
    const swap = swapped(talk('a', 'r1', 2, 60, 'a'), talk('b', 'r2', 3, 120, 'b'), stop);
    expect(partnerProblem(swap, stop)).toBeNull();
  });
});
