import { describe, expect, it } from '@jest/globals';
import type { Timetable } from '#contracts/sessions';
import { aScheduled, aSession } from '../planner/sessions.fixture.js';
import { differenceOf, isEmpty } from './difference.js';
import { releaseChecks } from './release-checks.js';

type Released = Timetable['sessions'][number];

function released(id: string, over: Partial<Released> = {}): Released {
  const { title, abstract, kind, track, language, speakers, companyId, startsAt, endsAt } = aScheduled(
    id,
    'r1',
    '01:00',
  );
  const place = { roomId: 'r1', startsAt: startsAt ?? '', endsAt: endsAt ?? '' };
  return { id, title, abstract, kind, track, language, speakers, companyId, ...place, ...over };
}
const rooms = [{ id: 'r1', name: { zh: '主会场' }, seats: 50 }];
const timetable = (...sessions: Released[]) => ({ rooms, sessions });
const idsOf = (changes: ReturnType<typeof differenceOf>) =>
  Object.fromEntries(Object.entries(changes).map(([kind, list]) => [kind, list.map((one) => one.sessionId)]));

describe('what a release would change', () => {
  it('is everything before the first one', () => {
    expect(idsOf(differenceOf(null, timetable(released('a'))))).toMatchObject({ added: ['a'], moved: [] });
  });

  it('is shown by kinds; what moved and was reworded stands in both', () => {
    const before = timetable(released('a'), released('b'), released('c'), released('same'));
    const after = timetable(
      released('a', { startsAt: '2027-01-16T03:00:00Z', endsAt: '2027-01-16T03:30:00Z', track: '数据' }),
      released('b', { speakers: [{ name: '李明', organization: null, jobTitle: null }] }),
      released('same', { startsAt: '2027-01-16T01:00:00.000Z' }),
      released('new'),
    );
    expect(idsOf(differenceOf(before, after))).toEqual({
      added: ['new'],
      moved: ['a'],
      changed: ['a', 'b'],
      removed: ['c'],
    });
  });

  it('names the sessions of a room that has another name', () => {
    const after = { rooms: [{ id: 'r1', name: { zh: '礼堂' }, seats: 50 }], sessions: [released('a')] };
    expect(idsOf(differenceOf(timetable(released('a')), after))).toMatchObject({ changed: ['a'] });
  });
});

describe('before a release', () => {
  const facts = (over: Partial<Parameters<typeof releaseChecks>[0]> = {}) => {
    const draft = timetable(released('a', { title: { zh: '甲', en: 'A' } }));
    const changes = differenceOf(null, draft);
    const stop = { status: 'published' as const, rooms };
    return { stop, sessions: [], draft, changes, seats: [], ...over };
  };
  const kindsOf = (over: Partial<Parameters<typeof releaseChecks>[0]>) =>
    releaseChecks(facts(over)).map(({ kind }) => kind);

  it('nothing is said where all is well', () => expect(kindsOf({})).toEqual([]));

  it.each([
    ['an empty plan', { draft: timetable(), changes: differenceOf(null, timetable()) }, ['nothingPlanned']],
    ['nothing new', { changes: differenceOf(null, timetable()) }, ['nothingNew']],
    ['a draft of a stop', { stop: { status: 'draft' as const, rooms } }, ['stopIsDraft']],
    ['sessions without a place', { sessions: [aSession()] }, ['unscheduled']],
    ['proposals', { sessions: [aSession({ status: 'proposed' })] }, ['unreviewed']],
    ['a room that is too small', { seats: [{ sessionId: 'a', taken: 51 }] }, ['tooSmall']],
    ['one language', { draft: timetable(released('a')) }, ['oneLanguage']],
  ])('%s is named', (_, over, kinds) => expect(kindsOf(over)).toEqual(kinds));

  it('what was all taken off the plan can be released', () => {
    const changes = differenceOf(timetable(released('a')), timetable());
    expect(isEmpty(changes)).toBe(false);
    expect(kindsOf({ draft: timetable(), changes })).toEqual([]);
  });
});
