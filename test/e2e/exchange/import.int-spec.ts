import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { importSchedule, type StopState } from '../../../libs/contracts/src/index.js';
import { Programme } from '../../integration/sessions/programme.js';
import { eventually } from '../../support/npm-start.js';

let programme: Programme;

beforeAll(async () => {
  programme = await Programme.start();
});
afterAll(() => programme.end());

/** Seven talks of one room, by speakers whom only this file knows. */
const sevenTalks = (acronym: string): string => {
  const talk = (number: number) => ({
    id: number,
    title: `Talk ${number}`,
    date: `2036-12-12T${String(9 + number).padStart(2, '0')}:00:00+08:00`,
    duration: '00:30',
    persons: [{ id: number, name: `Speaker ${number}` }],
  });
  const rooms = { 'Hall 1': Array.from({ length: 7 }, (_, number) => talk(number)) };
  const days = [{ index: 1, date: '2036-12-12', rooms }];
  return JSON.stringify({ schedule: { conference: { acronym, days } } });
};

const importInto = (stop: StopState) =>
  programme.service.ask(
    importSchedule,
    { stopId: stop.id, refused: 'skip', body: { format: 'json', text: sevenTalks(stop.id) } },
    programme.organizer,
    { deadlineMs: Date.now() + 60_000 },
  );

const importWaits = async (): Promise<boolean> => {
  const waiting = (await programme.service.rows.query(
    `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  )) as unknown[];
  return waiting.length > 0;
};

/** Puts an accepted session into the first room at noon as nobody may: without the lock, and not committed yet. */
async function takeNoon(stop: StopState): Promise<() => Promise<void>> {
  const { id } = await programme.accepted(stop);
  const rogue = programme.service.rows.createQueryRunner();
  await rogue.startTransaction();
  await rogue.query(
    `UPDATE sessions SET status = 'scheduled', room_id = $2, starts_at = $3, ends_at = $3::timestamptz + interval '30 minutes'
      WHERE id = $1`,
    [id, stop.rooms[0]?.id, '2036-12-12T04:00:00Z'],
  );
  return async () => {
    await rogue.commitTransaction();
    await rogue.release();
  };
}

describe('an import', () => {
  it('leaves the last word to the constraints, also where somebody takes a place without the lock', async () => {
    const stop = programme.stop();
    const commit = await takeNoon(stop);
    const answer = importInto(stop);
    await eventually('the import to wait', importWaits);
    await commit();
    const { created, refused, results } = await answer;
    expect([created, refused]).toEqual([6, 1]);
    const lost = results.find(({ result }) => result === 'refused');
    expect(lost).toMatchObject({ title: 'Talk 3', code: 'session.room_conflict' });
    expect(lost?.detail).toMatch(/^The room Hall 1 is taken by/);
    const kept = (await programme.service.rows.query(
      `SELECT (SELECT count(*)::int FROM sessions WHERE stop_id = $1 AND status = 'scheduled') AS sessions,
              (SELECT count(*)::int FROM imported_entries WHERE stop_id = $1) AS entries,
              (SELECT count(*)::int FROM audit WHERE action = 'session.import') AS audited`,
      [stop.id],
    )) as object[];
    expect(kept).toEqual([{ sessions: 7, entries: 6, audited: 6 }]);
  });

  it('that no constraint judged would put two sessions into one room', async () => {
    const stop = programme.stop();
    await programme.service.rows.query('ALTER TABLE sessions DROP CONSTRAINT sessions_room_taken');
    const commit = await takeNoon(stop);
    const { created } = await importInto(stop);
    await commit();
    expect(created).toBe(7);
  });
});
