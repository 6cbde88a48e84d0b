import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compareReleases, inTimetableOrder, publicSession, type ReleasedSession } from './release.js';

const session: ReleasedSession = {
  id: 's1',
  title: { zh: '智能制造' },
  abstract: null,
  kind: 'sharing',
  track: null,
  language: 'zh',
  speakers: [{ name: '张三', organization: '示例企业 017', jobTitle: null }],
  companyId: 'c1',
  roomId: 'r1',
  startsAt: '2026-12-12T01:00:00Z',
  endsAt: '2026-12-12T01:45:00Z',
};
const place = { roomId: 'r1', startsAt: session.startsAt, endsAt: session.endsAt };

/** Which lists name a session, given what became of it. */
function lists(before: ReleasedSession[], after: ReleasedSession[]): string[] {
  return Object.entries(compareReleases(before, after)).flatMap(([list, items]) => items.map(() => list));
}

describe('what a release changes', () => {
  it.each([
    ['nothing', {}, []],
    ['the room', { roomId: 'r2' }, ['moved']],
    ['the start', { startsAt: '2026-12-12T01:05:00Z' }, ['moved']],
    ['the length', { endsAt: '2026-12-12T01:50:00Z' }, ['moved']],
    ['only how the instant is written', { startsAt: '2026-12-12T09:00:00+08:00' }, []],
    ['the title', { title: { zh: '智能制造', en: 'Smart factories' } }, ['changed']],
    ['only the order of the languages', { title: { zh: '智能制造' } }, []],
    ['the abstract', { abstract: { zh: '…' } }, ['changed']],
    ['the track', { track: 'AI' }, ['changed']],
    [
      'a speaker',
      { speakers: [{ ...(session.speakers[0] ?? { name: '', organization: null }), jobTitle: 'CTO' }] },
      ['changed'],
    ],
    ['place and text', { roomId: 'r2', track: 'AI' }, ['moved', 'changed']],
  ])('%s', (_what, change, expected) => {
    expect(lists([session], [{ ...session, ...change }])).toEqual(expected);
  });

  it('says from where and to where', () => {
    const moved = { ...session, roomId: 'r2', title: { zh: '新题目' } };
    expect(compareReleases([session], [moved]).moved).toEqual([
      { sessionId: 's1', title: { zh: '新题目' }, from: place, to: { ...place, roomId: 'r2' } },
    ]);
    expect(compareReleases([], [session]).added).toEqual([
      { sessionId: 's1', title: session.title, from: null, to: place },
    ]);
    expect(compareReleases([session], []).removed).toEqual([
      { sessionId: 's1', title: session.title, from: place, to: null },
    ]);
  });

  it('names the sessions whose room has another name, and no others', () => {
    const [hall, other] = [
      { id: 'r1', name: { zh: '一号厅', en: 'Hall 1' } },
      { id: 'r2', name: { zh: '二号厅' } },
    ];
    const elsewhere = { ...session, id: 's2', roomId: 'r2' };
    const renamed = { ...hall, name: { zh: '主会场', en: 'Hall 1' } };
    const changes = (before: object, after: object) =>
      compareReleases([session, elsewhere], [session, elsewhere], {
        before: [before as typeof hall, other],
        after: [other, after as typeof hall],
      });
    expect(changes(hall, renamed)).toMatchObject({
      added: [],
      moved: [],
      changed: [{ sessionId: 's1', from: place, to: place }],
      removed: [],
    });
    expect(changes(hall, { ...hall, name: { en: 'Hall 1', zh: '一号厅' } }).changed).toEqual([]);
  });

  it('leads from the one release to the other: nothing is missed, nothing is invented', () => {
    const arbitrary = fc.uniqueArray(
      fc.record({
        id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
        roomId: fc.constantFrom('r1', 'r2'),
        track: fc.constantFrom(null, 'AI'),
        minute: fc.nat(3),
      }),
      { selector: (s) => s.id },
    );
    const full = (
      drafts: { id: string; roomId: string; track: string | null; minute: number }[],
    ): ReleasedSession[] =>
      drafts.map(({ minute, ...draft }) => ({
        ...session,
        ...draft,
        startsAt: `2026-12-12T01:0${minute}:00Z`,
      }));
    fc.assert(
      fc.property(arbitrary, arbitrary, (x, y) => {
        const [before, after] = [full(x), full(y)];
        const changes = compareReleases(before, after);
        const places = new Map(before.map((s) => [s.id, [s.roomId, s.startsAt]]));
        for (const { sessionId } of changes.removed) places.delete(sessionId);
        for (const { sessionId, to } of [...changes.added, ...changes.moved]) {
          places.set(sessionId, [to?.roomId ?? '', to?.startsAt ?? '']);
        }
        expect(places).toEqual(new Map([...places.keys()].map((id) => [id, placeIn(after, id)])));
        expect([...places.keys()].sort()).toEqual(after.map((s) => s.id).sort());
        const reworded = after
          .filter((s) => before.some((b) => b.id === s.id && b.track !== s.track))
          .map((s) => s.id);
        expect(changes.changed.map((c) => c.sessionId).sort()).toEqual(reworded.sort());
      }),
    );
    function placeIn(list: ReleasedSession[], id: string): string[] {
      const found = list.find((s) => s.id === id);
      return [found?.roomId ?? '', found?.startsAt ?? ''];
    }
  });
});

describe('the public view', () => {
  it('has no e-mail address and nothing else that is not listed', () => {
    const speaker = { name: '张三', organization: null, jobTitle: null, email: 'zhang@example.com' };
    const inside = { ...session, speakers: [speaker], reason: 'x@example.com', status: 'scheduled' };
    const shown = publicSession(inside);
    expect(JSON.stringify(shown)).not.toContain('@');
    expect(Object.keys(shown).sort()).toEqual(Object.keys(session).sort());
  });

  it('is ordered by start, then room, then id, whatever the order before', () => {
    const many = ['b', 'a', 'c'].map((id) => ({
      ...session,
      id,
      startsAt: id === 'c' ? '2026-12-12T08:00:00+08:00' : session.startsAt,
    }));
    expect(inTimetableOrder(many).map((s) => s.id)).toEqual(['c', 'a', 'b']);
    expect(inTimetableOrder([...many].reverse())).toEqual(inTimetableOrder(many));
  });
});
