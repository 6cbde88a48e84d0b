import { describe, expect, it } from '@jest/globals';
import type { Session } from '#contracts/sessions';
import { aBoard, aMeeting, aRegistration, at, atMs, placed } from './board.fixture.js';
import {
  daysOf,
  freePlaces,
  freeTables,
  guestsOf,
  obstaclesAt,
  personOf,
  slotsOf,
  steppedBy,
  talksOf,
  whyNowhere,
} from './board.js';

const waiting = aMeeting('m', 'a', 'b');
const nobodyNamed = { unavailable: [], maxMeetings: null };

describe('a meeting board', () => {
  it('offers the first free table of each slot that suits both', () => {
    const board = aBoard([waiting, placed('x', 'c', 'd', 0, 1), placed('y', 'a', 'c', 30, 1)]);
    expect(freePlaces(board, waiting)).toEqual([
      { startMs: atMs(0), tableNo: 2 },
      { startMs: atMs(60), tableNo: 1 },
    ]);
    expect(freeTables(board, atMs(30))).toEqual([2]);
  });

  it('knows who is in the way: at the table, and of each company', () => {
    const board = aBoard([waiting, placed('x', 'c', 'd', 0, 1), placed('y', 'a', 'c', 0, 2)]);
    expect(obstaclesAt(board, waiting, { startMs: atMs(0), tableNo: 1 })).toEqual([
      { kind: 'table', meetingId: 'x' },
      { kind: 'meeting', companyId: 'a', meetingId: 'y' },
    ]);
    expect(obstaclesAt(board, waiting, { startMs: atMs(30), tableNo: 1 })).toEqual([]);
  });

  it('is not in its own way', () => {
    const one = placed('m', 'a', 'b', 0, 1);
    expect(obstaclesAt(aBoard([one]), one, { startMs: atMs(0), tableNo: 2 })).toEqual([]);
  });

  it('lets a company meet twice at once, by two persons', () => {
    const named = { id: 'a2', name: null, jobTitle: null, email: null, mobile: null };
    const other = placed('x', 'a', 'c', 0, 1, { delegates: { asker: named, asked: null } });
    const board = aBoard([waiting, other]);
    expect(personOf(board, other, 'a')?.id).toBe('a2');
    expect(obstaclesAt(board, waiting, { startMs: atMs(0), tableNo: 2 })).toEqual([]);
  });

  it('heeds who comes, when a company has no time, and how many meetings it wants', () => {
    const guests = guestsOf(
      ['a', 'b', 'c'].map((id) => aRegistration(id)),
      [
        {
          companyId: 'a',
          delegateIds: ['a2'],
          unavailable: [{ from: at(10), to: at(40) }],
          maxMeetings: 1,
        },
      ],
    );
    const board = aBoard([waiting], { guests });
    expect(personOf(board, waiting, 'a')?.id).toBe('a2');
    expect(freePlaces(board, waiting)).toEqual([{ startMs: atMs(60), tableNo: 1 }]);
    const full = aBoard([waiting, placed('x', 'a', 'c', 60, 1)], { guests });
    expect(whyNowhere(full, waiting)).toEqual([
      { obstacle: { kind: 'limit', companyId: 'a' }, slots: 3 },
      { obstacle: { kind: 'unavailable', companyId: 'a' }, slots: 2 },
      { obstacle: { kind: 'meeting', companyId: 'a', meetingId: 'x' }, slots: 1 },
    ]);
  });

  it('counts a company that left as away, and one that came back as there', () => {
    const gone = aRegistration('a', { status: 'cancelled' });
    const board = aBoard([waiting], { guests: guestsOf([gone, aRegistration('b')], []) });
    expect(whyNowhere(board, waiting)).toEqual([{ obstacle: { kind: 'away', companyId: 'a' }, slots: 3 }]);
    const back = guestsOf(
      [aRegistration('a'), gone],
      [{ companyId: 'a', delegateIds: ['zz'], ...nobodyNamed }],
    );
    expect(back.get('a')).toMatchObject({ comes: true, persons: [{ id: 'a1' }, { id: 'a2' }] });
  });

  it('keeps speakers on their stage', () => {
    const talk = {
      status: 'scheduled',
      startsAt: at(50),
      endsAt: at(75),
      title: { zh: '分享' },
      speakers: [{ name: 'A', email: 'A1@example.com', organization: null }],
    } as unknown as Session;
    const board = aBoard([waiting], { talks: talksOf([talk, { ...talk, status: 'accepted' } as Session]) });
    expect(obstaclesAt(board, waiting, { startMs: atMs(60), tableNo: 1 })).toEqual([
      { kind: 'talk', companyId: 'a', title: { zh: '分享' } },
    ]);
    expect(freePlaces(board, waiting)).toHaveLength(2);
  });

  it('says that tables are taken only where the people would have time', () => {
    const others = [0, 30, 60].flatMap((minute) => [
      placed(`x${minute}`, 'c', 'd', minute, 1),
      placed(`y${minute}`, 'e', 'd', minute, 2),
    ]);
    expect(whyNowhere(aBoard([waiting, ...others]), waiting)).toEqual([
      { obstacle: { kind: 'table', meetingId: 'x0' }, slots: 3 },
    ]);
  });

  it('proposes no slot that has begun, and takes one that is chosen', () => {
    const board = aBoard([waiting], { nowMs: atMs(30) });
    expect(freePlaces(board, waiting)).toEqual([{ startMs: atMs(60), tableNo: 1 }]);
    expect(obstaclesAt(board, waiting, { startMs: atMs(0), tableNo: 1 })).toEqual([]);
    expect(whyNowhere(aBoard([waiting], { nowMs: atMs(90) }), waiting)).toEqual([]);
  });

  it('has the days of its slots on the clock of the stop', () => {
    const slots = slotsOf(['2027-01-16T15:00:00Z', '2027-01-16T16:30:00Z'], 20);
    expect(daysOf(slots, 'Asia/Shanghai')).toEqual(['2027-01-16', '2027-01-17']);
  });

  it('is walked by arrows, within its edges', () => {
    const [starts, tables] = [
      [0, 30],
      [1, 2, 3],
    ];
    const here = { startMs: 30, tableNo: 2 };
    const step = (key: string) => steppedBy(key, here, starts, tables);
    expect(step('ArrowUp')).toEqual({ startMs: 0, tableNo: 2 });
    expect(step('ArrowDown')).toBeNull();
    expect(step('ArrowRight')).toEqual({ startMs: 30, tableNo: 3 });
    expect(step('Home')).toEqual({ startMs: 30, tableNo: 1 });
    expect(step('End')).toEqual({ startMs: 30, tableNo: 3 });
    expect(step('x')).toBeNull();
  });
});
