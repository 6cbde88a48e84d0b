import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import ICAL from 'ical.js';
import { calendarOf } from '#calendar';
import type { ReleasedSession } from './release.js';
import {
  followCancelledStop,
  followRelease,
  takenOffBy,
  timetableEntries,
  type FollowedSession,
} from './timetable-calendar.js';

const session: ReleasedSession = {
  id: 's1',
  title: { zh: '智能制造', en: 'Smart factories' },
  abstract: { zh: '摘要' },
  kind: 'sharing',
  track: null,
  language: 'zh',
  speakers: [{ name: '张三', organization: '示例企业 017', jobTitle: null }],
  companyId: null,
  roomId: 'r1',
  startsAt: '2026-12-12T01:00:00Z',
  endsAt: '2026-12-12T01:45:00Z',
};
const stop = {
  name: { zh: '成都站' },
  venueName: { zh: '会展中心' },
  timeZone: 'Asia/Shanghai',
  rooms: [{ id: 'r1', name: { zh: '一号厅', en: 'Hall 1' } }],
};
const day = (n: number): string => `2026-11-${String(n).padStart(2, '0')}T00:00:00Z`;

/** The list after several releases, one a day from the first of November. */
function after(...releases: ReleasedSession[][]): FollowedSession[] {
  return releases.reduce<FollowedSession[]>(
    (followed, sessions, index) => followRelease(followed, { sessions, publishedAt: day(index + 1), stop }),
    [],
  );
}

function only(followed: FollowedSession[]): Pick<FollowedSession, 'sequence' | 'cancelled' | 'changedAt'> {
  expect(followed).toHaveLength(1);
  return {
    sequence: followed[0]?.sequence ?? -1,
    cancelled: followed[0]?.cancelled ?? false,
    changedAt: followed[0]?.changedAt ?? '',
  };
}

describe('a timetable that calendars follow', () => {
  const moved = { ...session, roomId: 'r2' };

  it.each([
    ['is new', [[session]], { sequence: 0, cancelled: false, changedAt: day(1) }],
    ['stays as it is', [[session], [session]], { sequence: 0, cancelled: false, changedAt: day(1) }],
    ['moves', [[session], [session], [moved]], { sequence: 1, cancelled: false, changedAt: day(3) }],
    ['is gone', [[session], []], { sequence: 1, cancelled: true, changedAt: day(2) }],
    ['stays gone', [[session], [], []], { sequence: 1, cancelled: true, changedAt: day(2) }],
    ['comes back', [[session], [], [session]], { sequence: 2, cancelled: false, changedAt: day(3) }],
  ])('a session that %s', (_what, releases, expected) => {
    expect(only(after(...releases))).toEqual(expected);
  });

  it('tells of another name of the room or the venue, though no session changed', () => {
    const release = { sessions: [session], publishedAt: day(5) };
    const first = after([session]);
    const reordered = { ...stop, rooms: [{ id: 'r1', name: { en: 'Hall 1', zh: '一号厅' } }] };
    expect(only(followRelease(first, { ...release, stop: reordered })).sequence).toBe(0);
    for (const change of [{ venueName: { zh: '新馆' } }, { rooms: [{ id: 'r1', name: { zh: '大厅' } }] }]) {
      const followed = followRelease(first, { ...release, stop: { ...stop, ...change } });
      expect(only(followed)).toEqual({ sequence: 1, cancelled: false, changedAt: day(5) });
    }
  });

  it('says that all is cancelled when the stop is, once', () => {
    const cancelled = followCancelledStop(after([session]), day(9));
    expect(only(cancelled)).toEqual({ sequence: 1, cancelled: true, changedAt: day(9) });
    expect(followCancelledStop(cancelled, day(10))).toEqual(cancelled);
  });

  it('never lowers a SEQUENCE, and raises it with everything that it shows', () => {
    const some = fc.record({
      id: fc.constantFrom('a', 'b'),
      roomId: fc.constantFrom('r1', 'r2'),
      track: fc.constantFrom(null, 'AI'),
    });
    const releases = fc.array(fc.uniqueArray(some, { selector: (s) => s.id }), { maxLength: 6 });
    fc.assert(
      fc.property(releases, (history) => {
        let followed: FollowedSession[] = [];
        for (const [index, drafts] of history.entries()) {
          const sessions = drafts.map((draft) => ({ ...session, ...draft }));
          const next = followRelease(followed, { sessions, publishedAt: day(index + 1), stop });
          for (const old of followed) {
            const now = next.find((entry) => entry.session.id === old.session.id);
            const same =
              JSON.stringify([now?.session, now?.cancelled]) === JSON.stringify([old.session, old.cancelled]);
            expect(now?.sequence).toBe(same ? old.sequence : old.sequence + 1);
          }
          expect(next.filter((entry) => !entry.cancelled).map((entry) => entry.session)).toEqual(sessions);
          followed = next;
        }
      }),
    );
  });

  it('is read by another parser, in the language asked for', () => {
    const text = calendarOf({
      name: '日程',
      lang: 'en',
      entries: timetableEntries(after([session], []), 'en'),
    });
    const event = new ICAL.Component(ICAL.parse(text) as unknown[]).getFirstSubcomponent('vevent');
    expect(event?.getFirstPropertyValue('summary')).toBe('Smart factories');
    expect(event?.getFirstPropertyValue('location')).toBe('Hall 1, 会展中心');
    expect(event?.getFirstPropertyValue('status')).toBe('CANCELLED');
    expect(event?.getFirstPropertyValue('description')).toBe('张三 · 示例企业 017\n摘要\n成都站');
    expect(text).not.toContain('@example');
  });

  it('tells where the venue is, and why the stop was cancelled', () => {
    const geo = { lat: 30.57, lon: 104.07 };
    const followed = followRelease([], { sessions: [session], publishedAt: day(1), stop: { ...stop, geo } });
    const [entry] = timetableEntries(followed, 'en');
    expect(entry).toMatchObject({ geo, description: '张三 · 示例企业 017\n摘要\n成都站' });
    const [cancelled] = timetableEntries(followCancelledStop(followed, day(9), '台风'), 'zh');
    expect(cancelled?.description).toBe('张三 · 示例企业 017\n摘要\n成都站\n已取消：台风');
    const moved = { lat: 30, lon: 104 };
    const again = { sessions: [session], publishedAt: day(2), stop: { ...stop, geo: moved } };
    expect(only(followRelease(followed, again)).sequence).toBe(1);
  });

  it('tells why a session was taken off, until it comes back', () => {
    const first = after([session]);
    const reasons = new Map([
      [session.id, '讲者生病'],
      ['another', 'x'],
    ]);
    const gone = followRelease(first, { sessions: [], publishedAt: day(2), stop, reasons });
    expect(timetableEntries(gone, 'zh')[0]).toMatchObject({
      status: 'CANCELLED',
      description: '张三 · 示例企业 017\n摘要\n成都站\n已取消：讲者生病',
    });
    // What later releases know is no reason for what was taken off before.
    const later = followRelease(gone, { sessions: [], publishedAt: day(3), stop, reasons: new Map() });
    expect(later).toEqual(gone);
    expect(takenOffBy(later, [])).toEqual([]);
    const back = followRelease(later, { sessions: [session], publishedAt: day(4), stop });
    expect(timetableEntries(back, 'zh')[0]?.description).not.toContain('已取消');
  });

  it('leaves out a room that is gone', () => {
    expect(timetableEntries(after([moved]), 'zh')[0]?.location).toBe('会展中心');
  });
});
