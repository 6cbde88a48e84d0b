import { describe, expect, it } from '@jest/globals';
import { freePlaces, inTheWay, obstaclesHere, painted, someOf, withOthers } from './obstacles.js';
import { aScheduled, aSession } from './sessions.fixture.js';

const stop = { startsAt: '2027-01-16T01:00:00Z', endsAt: '2027-01-16T10:00:00Z' };
const at = (time: string): number => Date.parse(`2027-01-16T${time}:00Z`);
const mine = aSession();
const other = aScheduled('b', 'r1', '02:00');

describe('what stands in a session’s way', () => {
  const here = obstaclesHere(mine, [mine, other], stop);

  it.each([
    ['r1', '01:00', []],
    ['r1', '01:30', []],
    ['r1', '01:45', ['session.room_conflict']],
    ['r1', '02:00', ['session.room_conflict']],
    ['r1', '02:30', []],
    ['r2', '02:00', []],
    ['r2', '00:55', ['session.outside_stop']],
    ['r2', '09:30', []],
    ['r2', '09:35', ['session.outside_stop']],
  ])('in %s at %s is %j', (roomId, time, codes) =>
    expect(inTheWay(here, roomId, at(time)).map(({ code }) => code)).toEqual(codes),
  );

  it('is a speaker on another stage, in every room and however the address is written', () => {
    const speakers = [{ name: '王', email: ' WANG@example.com', organization: null, jobTitle: null }];
    const busy = obstaclesHere(mine, [aScheduled('b', 'r1', '02:00', { speakers })], stop);
    expect(inTheWay(busy, 'r2', at('02:15')).map(({ code, sessionId }) => [code, sessionId])).toEqual([
      ['session.speaker_conflict', 'b'],
    ]);
  });

  it('is not a team that may be in several places, nor a speaker without an address', () => {
    const [one] = mine.speakers;
    const team = aScheduled('b', 'r1', '02:00', {
      speakers: [{ name: 'Team', ...one, organization: null, jobTitle: null, mayOverlap: true }],
    });
    const nobody = { ...mine, speakers: [{ name: 'x', email: null, organization: null, jobTitle: null }] };
    expect(inTheWay(obstaclesHere(mine, [team], stop), 'r2', at('02:00'))).toEqual([]);
    expect(inTheWay(obstaclesHere(nobody, [nobody, other], stop), 'r2', at('02:00'))).toEqual([]);
  });

  it('comes from the service for other stops, and from the screen for this one', () => {
    const range = { from: '2027-01-16T03:00:00Z', to: '2027-01-16T04:00:00Z' };
    const code = 'session.speaker_conflict' as const;
    const all = withOthers(
      here,
      [
        { ...range, roomId: null, code, conflict: { sessionId: 'elsewhere', title: { zh: '别处' } } },
        { ...range, roomId: null, code, conflict: { sessionId: 'b' } },
      ],
      new Set(['a', 'b']),
    );
    expect(inTheWay(all, 'r2', at('03:30')).map(({ sessionId }) => sessionId)).toEqual(['elsewhere']);
  });

  it('is painted as ranges of starts that are refused', () => {
    const hours = { fromMs: at('01:00'), toMs: at('10:00') };
    const next = aScheduled('c', 'r1', '02:30');
    const ranges = painted(obstaclesHere(mine, [other, next], stop), 'r1', hours);
    expect(ranges.map(({ code, fromMs, toMs }) => [code, fromMs, toMs])).toEqual([
      ['session.outside_stop', at('09:30'), at('10:00')],
      ['session.room_conflict', at('01:30'), at('03:00')],
    ]);
  });

  it('leaves places free, by time and then by room', () => {
    const starts = [at('01:45'), at('02:00'), at('02:30')];
    const free = freePlaces(here, ['r1', 'r2'], starts);
    expect(free).toEqual([
      { roomId: 'r2', startMs: at('01:45') },
      { roomId: 'r2', startMs: at('02:00') },
      { roomId: 'r1', startMs: at('02:30') },
      { roomId: 'r2', startMs: at('02:30') },
    ]);
    expect(someOf(free, 1, 9)).toEqual([free[0], free[2]]);
  });
});
