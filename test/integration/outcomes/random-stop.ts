import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { Exported } from '../../support/recount.js';
import type { OutcomeWorld } from './outcome-world.js';

const statuses = [
  'requested',
  'accepted',
  'scheduled',
  'held',
  'missed',
  'declined',
  'withdrawn',
  'expired',
  'cancelled',
  'unplaced',
] as const;
const company = fc.nat({ max: 5 });
const step = fc.record({
  stage: fc.constantFrom('talking', 'trial', 'agreed', 'delivered', 'ended'),
  /** Days after the meeting, around the ninety within which a second contact counts; `null` is never. */
  confirmedAfterDays: fc.option(fc.constantFrom(0, 1, 89, 90, 91, 200)),
});

/** Whatever can stand in the copies of two stops of a tour, also what the rules of the owners would not allow. */
export const twoStops = fc.record({
  registrations: fc.array(
    fc.record({
      at: fc.nat({ max: 1 }),
      company,
      confirmed: fc.boolean(),
      seats: fc.integer({ min: 1, max: 4 }),
      came: fc.boolean(),
    }),
    { maxLength: 14 },
  ),
  listings: fc.array(fc.record({ company, published: fc.boolean() }), { maxLength: 6 }),
  meetings: fc.array(
    fc.record({
      at: fc.nat({ max: 1 }),
      // Half of them were held: the end of the funnel is where little is left.
      status: fc.oneof(fc.constant('held' as const), fc.constantFrom(...statuses)),
      followUps: fc.array(fc.array(step, { maxLength: 4 }), { maxLength: 2 }),
    }),
    { maxLength: 10 },
  ),
});
export type TwoStops = typeof twoStops extends fc.Arbitrary<infer Value> ? Value : never;

const metAt = Date.parse('2026-01-16T02:20:00Z');
const dayMs = 24 * 3_600_000;

/**
 * Writes such stops into the copies of a tour that nobody else has.
 * @returns what their owners would export, of each stop and of both
 */
export async function insertStops(
  world: OutcomeWorld,
  { registrations, listings, meetings }: TwoStops,
): Promise<{ tourId: string; stopIds: string[]; of: (at: number | null) => Exported }> {
  const tourId = randomUUID();
  const stopIds = [randomUUID(), randomUUID()];
  const companies = Array.from({ length: 6 }, () => randomUUID());
  const made = meetings.map((meeting) => ({ ...meeting, id: randomUUID() }));
  const query = (sql: string, values: unknown[]) => world.service.rows.query(sql, values);
  for (const { at, company: who, confirmed, seats, came } of registrations) {
    const id = randomUUID();
    const values = [id, stopIds[at], companies[who], confirmed, seats];
    await query(`INSERT INTO registrations VALUES ($1, $2, $3, $4, $5, 1)`, values);
    await query(`INSERT INTO check_ins VALUES ($1, $2, $3, 1)`, [randomUUID(), id, came]);
  }
  for (const { company: who, published } of listings)
    await query(`INSERT INTO listings VALUES ($1, $2, $3, $4, 1)`, [
      randomUUID(),
      tourId,
      companies[who],
      published,
    ]);
  for (const { id, at, status, followUps } of made) {
    const pair = [companies[0], companies[1]];
    const values = [id, stopIds[at], tourId, world.organizationId, ...pair, status, new Date(metAt)];
    await query(`INSERT INTO meetings VALUES ($1, $2, $3, $4, $5, $6, false, $7, $8, 1)`, values);
    for (const steps of followUps) {
      const threadId = randomUUID();
      const of = [threadId, stopIds[at], tourId, world.organizationId, id, ...pair];
      await query(`INSERT INTO follow_ups VALUES ($1, $2, $3, $4, $5, $6, $7, 'x', 'open', now(), 1)`, of);
      for (const [n, { stage, confirmedAfterDays }] of steps.entries())
        await query(
          `INSERT INTO follow_up_steps (follow_up_id, n, stage, said_by, at, confirmed_by, confirmed_at)
           VALUES ($1, $2, $3, $4, now(), $5, $6)`,
          [
            threadId,
            n + 1,
            stage,
            companies[0],
            confirmedAfterDays === null ? null : companies[1],
            momentOf(confirmedAfterDays),
          ],
        );
    }
  }
  const here = (at: number | null) => (one: { at: number }) => at === null || one.at === at;
  return {
    tourId,
    stopIds,
    of: (at) => ({
      registrations: registrations.filter(here(at)).map(({ company: who, confirmed, seats, came }) => ({
        companyId: companies[who] ?? '',
        status: confirmed ? 'confirmed' : 'cancelled',
        seats,
        came,
      })),
      listed: new Set(
        listings.filter(({ published }) => published).map((one) => companies[one.company] ?? ''),
      ),
      meetings: made
        .filter(here(at))
        .map(({ id, status }) => ({ id, status, endsAt: new Date(metAt).toISOString() })),
      followUps: made.flatMap(({ id, followUps }) =>
        followUps.map((steps) => ({
          meetingId: id,
          steps: steps.map(({ stage, confirmedAfterDays }) => ({
            stage,
            confirmedAt: momentOf(confirmedAfterDays)?.toISOString() ?? null,
          })),
        })),
      ),
      totals: { sessions: 0, members: 0, cases: 0, papers: 0 },
    }),
  };
}

function momentOf(days: number | null): Date | null {
  return days === null ? null : new Date(metAt + days * dayMs);
}
