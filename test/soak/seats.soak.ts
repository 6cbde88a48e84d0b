import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  Problem,
  addDelegate,
  cancelRegistration,
  registerDelegation,
  removeDelegate,
  type Caller,
  type Registration,
  type StopState,
} from '../../libs/contracts/src/index.js';
import { service as registrations } from '../../apps/registrations/src/service.js';
import { TestedService } from '../support/tested-service.js';
import { OtherServices, delegates, organizer } from '../integration/registrations/other-services.js';

/** Run by `npm run test:seats`. SEATS_ATTEMPTS makes it shorter or longer. */
const attemptsAtLeast = Number(process.env['SEATS_ATTEMPTS'] ?? 1_000_000);
/** Attempts on one hot stop, by so many companies, so many at once. */
const attemptsPerStop = 20_000;
const companiesCount = 400;
const atOnce = 400;
const stopsAtOnce = 2;

const others = new OtherServices();
const companies = Array.from({ length: companiesCount }, () => others.company());
let tested: TestedService;

beforeAll(async () => {
  tested = await TestedService.start(registrations, others.answers);
  await tested.startReplica();
}, 60_000);
afterAll(() => tested.stop());

interface Tally {
  attempts: number;
  seatsSold: number;
  oversold: number;
  duplicates: number;
  overtaken: number;
  miscounted: number;
  refused: Map<string, number>;
}

const tally: Tally = {
  attempts: 0,
  seatsSold: 0,
  oversold: 0,
  duplicates: 0,
  overtaken: 0,
  miscounted: 0,
  refused: new Map(),
};

/** One company's next wish, with what it knows of its registration. */
async function wish(stop: StopState, caller: Caller, held: Map<string, Registration>): Promise<void> {
  const own = held.get(caller.companyId ?? '');
  const keep = (made: Registration) => {
    if (made.status === 'cancelled') held.delete(made.companyId);
    else held.set(made.companyId, made);
  };
  const dice = Math.random();
  if (own === undefined || dice < 0.7) {
    const body = { delegates: delegates(1 + Math.floor(Math.random() * 3)) };
    keep(await tested.ask(registerDelegation, { stopId: stop.id, body }, caller));
  } else if (dice < 0.85) {
    keep(await tested.ask(cancelRegistration, { id: own.id }, dice < 0.8 ? caller : organizer));
  } else if (dice < 0.95) {
    const [body = { name: 'x', email: 'x@example.com' }] = delegates(1);
    keep(await tested.ask(addDelegate, { id: own.id, body }, caller));
  } else {
    const delegateId = own.delegates[0]?.id ?? own.id;
    keep(await tested.ask(removeDelegate, { id: own.id, delegateId }, caller));
  }
}

async function storm(stop: StopState): Promise<void> {
  const held = new Map<string, Registration>();
  let left = attemptsPerStop;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      tally.attempts += 1;
      const caller = companies[Math.floor(Math.random() * companiesCount)] ?? organizer;
      await wish(stop, caller, held).catch((error: unknown) => {
        if (!(error instanceof Problem) || error.code === 'internal.error') throw error;
        tally.refused.set(error.code, (tally.refused.get(error.code) ?? 0) + 1);
      });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/** What the rows say after the storm, counted without any of the service's own counters. */
async function inspect({ id, capacity }: StopState): Promise<void> {
  const [row] = (await tested.rows.query(
    `SELECT coalesce(sum(seats) FILTER (WHERE status = 'confirmed'), 0)::integer AS sold,
            (SELECT count(*)::integer FROM (SELECT 1 FROM registrations WHERE stop_id = $1
               AND status IN ('confirmed', 'pending', 'waitlisted') GROUP BY company_id HAVING count(*) > 1) d) AS duplicates,
            (SELECT confirmed_seats FROM stops WHERE stop_id = $1) AS counted,
            coalesce(bool_and(seats = (SELECT count(*) FROM delegates WHERE registration_id = r.id)), true) AS whole
       FROM registrations r WHERE stop_id = $1`,
    [id],
  )) as { sold: number; duplicates: number; counted: number; whole: boolean }[];
  if (row === undefined) throw new Error('The stop has no rows.');
  tally.seatsSold += row.sold;
  tally.oversold += Math.max(0, row.sold - capacity);
  tally.duplicates += row.duplicates;
  tally.miscounted += row.counted === row.sold && row.whole ? 0 : 1;
  tally.overtaken += await overtaken(id, capacity - row.sold);
}

/**
 * Nobody who came after the head of the waiting list may have seats, and under `strict` the head waits only because
 * it does not fit. The time of a registration is that of its decision, taken under the stop's lock.
 */
async function overtaken(stopId: string, free: number): Promise<number> {
  const waiting = (await tested.rows.query(
    `SELECT seats, created_at AS "createdAt" FROM registrations
      WHERE stop_id = $1 AND status = 'waitlisted' ORDER BY queue_number`,
    [stopId],
  )) as { seats: number; createdAt: Date }[];
  const [head] = waiting;
  if (head === undefined) return 0;
  const [passed] = (await tested.rows.query(
    `SELECT count(*)::integer AS count FROM registrations
      WHERE stop_id = $1 AND status = 'confirmed' AND created_at > $2`,
    [stopId, head.createdAt],
  )) as { count: number }[];
  return (passed?.count ?? 0) + (head.seats <= free ? 1 : 0);
}

it('sells every seat once, over two replicas, however many try', async () => {
  const began = performance.now();
  while (tally.attempts < attemptsAtLeast) {
    const stops = Array.from({ length: stopsAtOnce }, (_, index) =>
      others.stop({ capacity: 40 + Math.floor(Math.random() * 200) }, { waitlist: index % 2 === 0 }),
    );
    await Promise.all(stops.map(storm));
    for (const stop of stops) await inspect(stop);
  }
  const { refused, ...figures } = tally;
  const seconds = (performance.now() - began) / 1_000;
  const lines = Object.entries({ ...figures, attemptsPerSecond: Math.round(tally.attempts / seconds) });
  process.stdout.write(`${lines.map(([name, value]) => `${name.padEnd(20)}${value}`).join('\n')}\n`);
  process.stdout.write(`refused             ${JSON.stringify(Object.fromEntries(refused))}\n`);
  expect(figures).toMatchObject({ oversold: 0, duplicates: 0, overtaken: 0, miscounted: 0 });
}, 3_600_000);
