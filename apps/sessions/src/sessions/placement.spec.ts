import { describe, expect, it } from '@jest/globals';
import { conflictDetail, conflictProblem, endOf, outsideStop, type Conflict } from './placement.js';

const stop = {
  startsAt: '2026-12-12T01:00:00Z',
  endsAt: '2026-12-12T09:00:00Z',
  timeZone: 'Asia/Shanghai',
  rooms: [{ id: 'a' }, { id: 'b' }],
};
const talk: Conflict = {
  sessionId: 's1',
  title: { zh: '智能制造' },
  startsAt: '2026-12-12T01:00:00Z',
  endsAt: '2026-12-12T01:45:00Z',
};

describe('a place for a session', () => {
  it.each([
    ['the whole stop', 'a', '2026-12-12T01:00:00Z', 480, true],
    ['other offsets', 'b', '2026-12-12T09:00:00+08:00', 480, true],
    ['a minute too long', 'a', '2026-12-12T01:00:00Z', 481, false],
    ['a moment too early', 'a', '2026-12-12T00:59:59.999Z', 30, false],
    ['a room of another stop', 'c', '2026-12-12T01:00:00Z', 30, false],
  ])('%s', (_what, roomId, startsAt, minutes, fits) => {
    const problem = outsideStop({ roomId, startsAt, endsAt: endOf(startsAt, minutes) }, stop);
    expect(problem?.code ?? null).toBe(fits ? null : 'session.outside_stop');
  });

  it('is refused in words on the stop’s clock', () => {
    const place = { roomId: 'a', startsAt: '2026-12-12T08:30:00Z', endsAt: '2026-12-12T16:30:00Z' };
    expect(outsideStop(place, stop)?.detail).toBe(
      '2026-12-12 16:30 to 2026-12-13 00:30 (Asia/Shanghai) is not within the stop, 2026-12-12 09:00 to 17:00 (Asia/Shanghai).',
    );
  });

  it('ends after real minutes', () => {
    expect(endOf('2026-10-25T02:30:00+02:00', 90)).toBe('2026-10-25T02:00:00Z');
  });
});

describe('the words for a conflict', () => {
  it.each([
    [
      { kind: 'room', roomName: { zh: '一号厅', en: 'Hall 1' } },
      'The room Hall 1 is taken by “智能制造” from',
    ],
    [{ kind: 'speaker', speakerName: '张三' }, '张三 speaks at the same time in “智能制造” from'],
    [
      { kind: 'travel', speakerName: '张三', cityName: { zh: '绵阳市' }, travelMinutes: 240 },
      '张三 needs 240 minutes of travel to or from 绵阳市 for “智能制造” from',
    ],
  ] as const)('%j', (cause, start) => {
    expect(conflictDetail(cause, [talk], 'Asia/Shanghai')).toBe(
      `${start} 2026-12-12 09:00 to 09:45 (Asia/Shanghai).`,
    );
  });

  it('come with the code and the whole list', () => {
    const problem = conflictProblem(
      { kind: 'room', roomName: { zh: '一号厅' } },
      [talk, { ...talk, sessionId: 's2' }],
      'Asia/Shanghai',
    );
    expect(problem.code).toBe('session.room_conflict');
    expect(problem.detail).toMatch(/ and 1 more\.$/u);
    expect(problem.extra.conflicts).toHaveLength(2);
    expect(conflictProblem({ kind: 'speaker', speakerName: 'x' }, [talk], 'Asia/Shanghai').code).toBe(
      'session.speaker_conflict',
    );
  });
});
