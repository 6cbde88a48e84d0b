import { isDeepStrictEqual } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { owners, type Databases, type Owner } from './databases.js';

/** A slow machine may take this long to catch up after a fault, in milliseconds. */
const catchUpWithinMs = 90_000;

/** A copy that another service keeps, and what it is a copy of: two questions that must get the same rows. */
interface Copy {
  readonly name: string;
  readonly source: readonly [Owner, string];
  readonly copy: readonly [Owner, string];
}

const company = (key: string) =>
  `SELECT ${key} AS id, version, name::jsonb AS name FROM companies ORDER BY 1`;
const copies: readonly Copy[] = [
  {
    name: 'companies in registrations',
    source: ['accounts', company('id')],
    copy: ['registrations', company('company_id')],
  },
  { name: 'companies in sessions', source: ['accounts', company('id')], copy: ['sessions', company('id')] },
  {
    name: 'stops in registrations',
    source: ['stops', 'SELECT id, version, status, capacity, ends_at FROM stops ORDER BY 1'],
    copy: [
      'registrations',
      'SELECT stop_id AS id, stop_version AS version, status, capacity, ends_at FROM stops ORDER BY 1',
    ],
  },
  {
    name: 'stops in sessions',
    source: ['stops', 'SELECT id, version, status, capacity, name::jsonb AS name FROM stops ORDER BY 1'],
    copy: [
      'sessions',
      `SELECT id, version, state->>'status' AS status, (state->>'capacity')::int AS capacity, state->'name' AS name
         FROM stops ORDER BY 1`,
    ],
  },
  {
    name: 'sessions in registrations',
    source: ['sessions', 'SELECT id, version, status, room_id, starts_at FROM sessions ORDER BY 1'],
    copy: [
      'registrations',
      'SELECT session_id AS id, version, status, room_id, starts_at FROM sessions ORDER BY 1',
    ],
  },
];

/** Asks until nothing differs; what still does when time is over is the answer. */
export async function caughtUp(databases: Databases, withinMs = catchUpWithinMs): Promise<string[]> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const differing = await behind(databases).catch((error: unknown) => [
      `not readable yet: ${String(error)}`,
    ]);
    if (differing.length === 0 || Date.now() > deadline) return differing;
    await sleep(200);
  }
}

async function behind(databases: Databases): Promise<string[]> {
  const lines: string[] = [];
  for (const owner of owners) {
    const [counted] = await databases.rows<{ waiting: number; letters: number }>(
      owner,
      `SELECT (SELECT count(*)::int FROM outbox_queue) AS waiting,
              (SELECT count(*)::int FROM dead_letters) AS letters`,
    );
    if (counted?.waiting !== 0) lines.push(`${counted?.waiting} events wait in the outbox of ${owner}`);
    if (counted?.letters !== 0) lines.push(`${counted?.letters} dead letters in ${owner}`);
  }
  for (const { name, source, copy } of copies) {
    const [theirs, ours] = await Promise.all([databases.rows(...source), databases.rows(...copy)]);
    if (!isDeepStrictEqual(theirs, ours))
      lines.push(`${name} differ: ${theirs.length} at the source, ${ours.length} in the copy`);
  }
  return lines;
}
