import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { inSomeTry } from '#service/testing/patience';
import {
  Problem,
  listTimetableReleases,
  releaseTimetable,
  type Session,
  type StopState,
  type TimetableRelease,
} from '../../../libs/contracts/src/index.js';
import { withoutRowLocks } from '../../support/without-row-locks.js';
import { Programme } from './programme.js';

let programme: Programme;
const nine = '2036-12-12T01:00:00Z';
const rounds = 8;

beforeAll(async () => {
  programme = await Programme.start();
  // Requests are shared out between two replicas, each with a pool of its own.
  await programme.service.startReplica();
});
afterAll(() => programme.end());

type Try = { stop: StopState; session: Session; room: number; startsAt: string };

/** Schedules all at once; counts who got the place, and gives the refusals. */
async function race(tries: Try[]): Promise<{ won: Session[]; refused: Problem[] }> {
  const results = await Promise.allSettled(
    tries.map(({ session, stop, room, startsAt }) => programme.schedule(session, stop, room, startsAt)),
  );
  const won = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const refused = results.flatMap((result) => {
    if (result.status === 'fulfilled') return [];
    if (result.reason instanceof Problem) return [result.reason];
    throw result.reason;
  });
  return { won, refused };
}

async function oneRoom(): Promise<Try[]> {
  const stop = programme.stop();
  const sessions = await Promise.all([1, 2, 3, 4].map(() => programme.accepted(stop)));
  return sessions.map((session) => ({ stop, session, room: 0, startsAt: nine }));
}

const sameSpeaker = () => ({ speakers: [{ name: '张三', email: `${randomUUID()}@example.com` }] });

async function oneSpeakerInTwoRooms(): Promise<Try[]> {
  const [stop, change] = [programme.stop(), sameSpeaker()];
  const sessions = await Promise.all([0, 1].map(() => programme.accepted(stop, change)));
  return sessions.map((session, room) => ({ stop, session, room, startsAt: nine }));
}

/** The sessions don't overlap, but nobody gets from the one city to the other in between. */
async function oneSpeakerInTwoCities(): Promise<Try[]> {
  const change = sameSpeaker();
  const stops = [programme.stop(), programme.stopInMianyang()];
  const starts = [nine, '2036-12-12T03:00:00Z'];
  const sessions = await Promise.all(stops.map((stop) => programme.accepted(stop, change)));
  return stops.flatMap((stop, index) => {
    const [session, startsAt] = [sessions[index], starts[index]];
    return session && startsAt ? [{ stop, session, room: 0, startsAt }] : [];
  });
}

interface Race {
  what: string;
  tries: () => Promise<Try[]>;
  code: string;
  /** What holds the rule. */
  guard: { table: string; constraint: string };
}

const races: Race[] = [
  {
    what: 'one room',
    tries: oneRoom,
    code: 'session.room_conflict',
    guard: { table: 'sessions', constraint: 'sessions_room_taken' },
  },
  {
    what: 'one speaker in two rooms',
    tries: oneSpeakerInTwoRooms,
    code: 'session.speaker_conflict',
    guard: { table: 'speaker_bookings', constraint: 'speaker_bookings_one_place' },
  },
  {
    what: 'one speaker in two cities',
    tries: oneSpeakerInTwoCities,
    code: 'session.speaker_conflict',
    guard: { table: 'speaker_bookings', constraint: 'speaker_bookings_travel_time' },
  },
];

describe.each(races)('organizers who schedule at once: $what', ({ tries, code }) => {
  it('one gets the place, and every refusal names it', async () => {
    for (let round = 0; round < rounds; round += 1) {
      const all = await tries();
      const { won, refused } = await race(all);
      expect([won.length, refused.length]).toEqual([1, all.length - 1]);
      const [winner] = won;
      for (const problem of refused) {
        expect(problem.code).toBe(code);
        const { id: sessionId, title, startsAt, endsAt } = winner ?? {};
        expect(problem.extra.conflicts).toEqual([{ sessionId, title, startsAt, endsAt }]);
        expect(problem.detail).toContain(`from ${onTheClock(startsAt)} to ${onTheClock(endsAt).slice(-5)}`);
      }
    }
  });
});

async function releaseEightTimes(): Promise<{ stop: StopState; made: TimetableRelease[] }> {
  const stop = programme.stop();
  await programme.scheduled(stop, 0, nine);
  const release = () => programme.service.ask(releaseTimetable, { stopId: stop.id }, programme.organizer);
  return { stop, made: await Promise.all(Array.from({ length: 8 }, release)) };
}

describe('releases made at once', () => {
  it('get a number each, without a gap', async () => {
    const { stop, made } = await releaseEightTimes();
    expect(new Set(made.map((one) => one.version))).toEqual(new Set([1, 2, 3, 4, 5, 6, 7, 8]));
    const { items } = await programme.service.ask(
      listTimetableReleases,
      { stopId: stop.id },
      programme.organizer,
    );
    expect(items.map((one) => one.changes.added.length)).toEqual([1, 0, 0, 0, 0, 0, 0, 0]);
  });
});

describe('a stop that moves while sessions are being scheduled', () => {
  it('leaves none outside its times', async () => {
    for (let round = 0; round < rounds; round += 1) {
      const stop = programme.stop();
      const sessions = await Promise.all([0, 1, 2, 3].map(() => programme.accepted(stop)));
      const starts = ['2036-12-12T08:00:00Z', '2036-12-12T08:30:00Z'];
      const moved = programme.reschedule(stop.id, '2036-12-13T01:00:00Z', '2036-12-13T08:30:00Z');
      const scheduled = sessions.map((session, index) =>
        programme.schedule(session, stop, index % 2, starts[index >> 1] ?? nine),
      );
      await Promise.allSettled([moved, ...scheduled]);
      const [outside] = (await programme.service.rows.query(
        `SELECT count(*)::int AS n FROM sessions JOIN stops ON stops.id = stop_id
          WHERE stop_id = $1 AND sessions.status = 'scheduled'
            AND NOT tstzrange(starts_at, ends_at)
                <@ tstzrange((state->>'startsAt')::timestamptz, (state->>'endsAt')::timestamptz)`,
        [stop.id],
      )) as { n: number }[];
      expect(outside?.n).toBe(0);
    }
  });
});

/** Last, since they take the guards away for good. */
describe.each(races)('negative control, without the constraint: $what', ({ tries, guard }) => {
  it('two get the place', async () => {
    await programme.service.rows.query(`ALTER TABLE ${guard.table} DROP CONSTRAINT ${guard.constraint}`);
    await inSomeTry(async () => {
      const { won } = await race(await tries());
      expect(won.length).toBeGreaterThan(1);
    }, 20);
  });
});

describe('negative control, without the lock and the key', () => {
  it('two releases get one number', async () => {
    await programme.service.rows.query(
      'ALTER TABLE timetable_releases DROP CONSTRAINT timetable_releases_pkey',
    );
    withoutRowLocks(programme.service);
    await inSomeTry(async () => {
      const { made } = await releaseEightTimes();
      expect(new Set(made.map((one) => one.version)).size).toBeLessThan(8);
    }, 20);
  });
});

/** As the stops of these tests show it: they are eight hours ahead of UTC all year. */
function onTheClock(at: string | null | undefined): string {
  const local = new Date(Date.parse(at ?? '') + 8 * 3_600_000).toISOString();
  return local.slice(0, 16).replace('T', ' ');
}
