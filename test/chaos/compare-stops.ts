import { isDeepStrictEqual } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiClient } from '../support/client.js';
import type { Databases } from './databases.js';
import { replaySeats, type SeatLine } from './seats-replayed.js';

interface StopRow {
  capacity: number;
  confirmed_seats: number;
  waitlisted_seats: number;
  waiting_delegations: number;
}

/** One stop against the plain rules: the history that its audit tells must lead to the rows that are there. */
export async function compareStop(databases: Databases, url: string, stopId: string): Promise<string[]> {
  const [stop] = await databases.rows<StopRow>(
    'registrations',
    'SELECT capacity, confirmed_seats, waitlisted_seats, waiting_delegations FROM stops WHERE stop_id = $1',
    [stopId],
  );
  if (stop === undefined) return [`stop ${stopId} is lost`];
  const lines = await databases.rows<SeatLine>(
    'registrations',
    `SELECT resource_id AS "registrationId", action, (after->>'seats')::int AS seats FROM audit
      WHERE resource_type = 'registration' AND after->>'stopId' = $1 ORDER BY id`,
    [stopId],
  );
  const present = await databases.rows<{ id: string; status: string; seats: number }>(
    'registrations',
    `SELECT id, status, seats
       FROM registrations WHERE stop_id = $1 ORDER BY queue_number NULLS FIRST, id`,
    [stopId],
  );
  const expected = replaySeats(stop.capacity, lines);
  const wrong = compareWithRules(stopId, expected, present);
  const sum = (status: string) =>
    present.filter((row) => row.status === status).reduce((seats, row) => seats + row.seats, 0);
  if (sum('confirmed') > stop.capacity)
    wrong.push(`stop ${stopId} is oversold: ${sum('confirmed')} of ${stop.capacity}`);
  if (sum('confirmed') !== stop.confirmed_seats || sum('waitlisted') !== stop.waitlisted_seats)
    wrong.push(`the counters of stop ${stopId} are wrong`);
  wrong.push(...(await compareShown(url, stopId, stop)));
  return wrong;
}

function compareWithRules(
  stopId: string,
  expected: ReturnType<typeof replaySeats>,
  present: readonly { id: string; status: string; seats: number }[],
): string[] {
  const shown = (id: string, { status, seats }: { status: string; seats: number }) =>
    `${id} ${status} ${seats}`;
  const of = (lines: string[]) => ({
    queue: lines.filter((line) => / waitlisted /.test(line)),
    all: lines.toSorted(),
  });
  const should = of([...expected].map(([id, one]) => shown(id, one)));
  const is = of(present.map((row) => shown(row.id, row)));
  if (!isDeepStrictEqual(should.all, is.all))
    return [`stop ${stopId}: the rows are not what its history leads to`];
  return isDeepStrictEqual(should.queue, is.queue)
    ? []
    : [`stop ${stopId}: the waiting list is out of order`];
}

/** What the public is shown is at most a second behind. */
async function compareShown(url: string, stopId: string, stop: StopRow): Promise<string[]> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const { status, body } = await new ApiClient(url).get(`/v1/stops/${stopId}/availability`);
    if (
      status === 200 &&
      body.confirmed === stop.confirmed_seats &&
      body.waitlisted === stop.waitlisted_seats
    )
      return [];
    if (Date.now() > deadline) return [`stop ${stopId} is shown as ${status} ${JSON.stringify(body)}`];
    await sleep(200);
  }
}
