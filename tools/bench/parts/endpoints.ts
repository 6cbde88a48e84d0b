import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { ApiClient, must } from '../../../test/support/client.js';
import { registrationRequest, signUp, type BenchCompany } from '../companies.js';
import { load } from '../load/load.js';
import type { MeasuredSystem } from '../measured-system.js';
import { memoryMbOf, socketsOf } from '../process-usage.js';
import { BenchReceiver } from '../outside/receiver.js';
import { hangingPath } from '../outside/receiver-process.js';
import { ms, perSecond, quantile, times } from '../report.js';
import { connections, type Run } from './run.js';

/** Companies that register while nobody hangs; the endpoints that hang are theirs. */
const samplesAlone = 200;
/** A public change makes all that hang begin anew, some registrations apart. */
const [rounds, samplesOfRound] = [4, 100];
const longestMs = 1_000;
/** What the healthy one waits among those that hang, against what it waits alone. */
const mostOfAlone = 2;
const mostCompanies = 2_000;
/** As many as a company may have. */
const endpointsOfCompany = 5;
const hanging = samplesAlone * endpointsOfCompany;
/** One of so many is dead: nothing listens there. */
const deadShare = 100;
const nobodyListens = 'http://127.0.0.1:1/';
const changes = 3;
const mostMb = 350;
const lookEveryMs = 5;
const sampleEveryMs = 500;
const withinMs = 300_000;

/** Endpoints that hang or are dead, many of them, and what the others and the process notice of it. */
export async function measureEndpoints(run: Run, measured: MeasuredSystem): Promise<void> {
  const receiver = await BenchReceiver.start();
  const client = new pg.Client({ connectionString: measured.system.databaseUrl('notifications') });
  await client.connect();
  try {
    const count = Math.min(run.options.companies, mostCompanies);
    const { companies } = await signUp(
      measured.port,
      Math.max(count, samplesAlone + rounds * samplesOfRound),
    );
    await measureMany(run, measured, { receiver, client, companies: companies.slice(0, count) });
    await client.query('DELETE FROM webhooks');
    await measureHanging(run, measured, { receiver, client, companies });
  } finally {
    await client.query('DELETE FROM webhooks');
    await client.end();
    receiver.stop();
  }
}

interface Outside {
  readonly receiver: BenchReceiver;
  /** Into the database of notifications: over the API an organization has 20 endpoints at most. */
  readonly client: pg.Client;
  readonly companies: readonly BenchCompany[];
}

/** How long after a registration's answer its message is with a receiver that works, alone and among those that hang. */
async function measureHanging(run: Run, measured: MeasuredSystem, outside: Outside): Promise<void> {
  const { receiver, client, companies } = outside;
  const organizer = new ApiClient(measured.system.url, measured.system.organizerKey);
  const { id } = await must(organizer.post('/v1/webhooks', { url: receiver.url, types: ['registration.*'] }));
  while ((await must(organizer.get(`/v1/webhooks/${id}`))).state !== 'active') await sleep(lookEveryMs);
  const stop = await measured.stops.openStop();
  const delays = (from: number, count: number) =>
    delaysOf(measured, receiver, companies.slice(from, from + count), stop.id);
  const alone = quantile(await delays(0, samplesAlone), 0.99);
  // As many as an organization and companies can have: those of two hundred that come, and a public change for all of them.
  await measured.caughtUp('notifications');
  const hangs = `${receiver.url}${hangingPath}`;
  await addEndpoints(client, stop.id, { url: hangs, dead: hangs });
  const among: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await must(organizer.patch(`/v1/stops/${stop.id}`, { capacity: stop.capacity - round - 1 }));
    among.push(...(await delays(samplesAlone + round * samplesOfRound, samplesOfRound)));
  }
  const longest = quantile(among, 0.99);
  run.report.add({
    what: `a webhook among ${hanging.toLocaleString('en')} that hang, p99 from answer to arrival`,
    figure: `${ms(longest)}, alone ${ms(alone)}`,
    ratio: `${times(longest, alone)} alone`,
    must: {
      text: `≤ ${ms(longestMs)}, ≤ ${mostOfAlone} × alone`,
      met: longest <= longestMs && longest <= mostOfAlone * alone,
    },
  });
}

async function delaysOf(
  { system }: MeasuredSystem,
  receiver: BenchReceiver,
  companies: readonly BenchCompany[],
  stopId: string,
): Promise<number[]> {
  const delays: number[] = [];
  for (const company of companies) {
    const { count } = await receiver.taken();
    const { path, body } = registrationRequest(company, stopId);
    await must(new ApiClient(system.url, company.apiKey).post(path, body));
    const answeredAt = Date.now();
    const { lastAt } = await taken(receiver, count + 1);
    delays.push(Math.max(0, lastAt - answeredAt));
  }
  return delays;
}

/** What the process needs while a public change goes to all endpoints of the companies that come to a stop. */
async function measureMany(run: Run, measured: MeasuredSystem, outside: Outside): Promise<void> {
  const { receiver, client, companies } = outside;
  const stop = await measured.stops.openStop();
  const requests = companies.map((company) => registrationRequest(company, stop.id));
  await load({ port: measured.port, connections, requests });
  await measured.quiet();
  const alive = await addEndpoints(client, stop.id, { url: receiver.url, dead: nobodyListens });
  const expected = alive * changes;
  const { count: before } = await receiver.taken();
  const organizer = new ApiClient(measured.system.url, measured.system.organizerKey);
  const began = performance.now();
  const most = { mb: 0, sockets: 0 };
  const sampling = setInterval(() => {
    for (const pid of measured.system.pids('notifications')) {
      most.mb = Math.max(most.mb, memoryMbOf(pid));
      most.sockets = Math.max(most.sockets, socketsOf(pid));
    }
  }, sampleEveryMs);
  try {
    for (let change = 1; change <= changes; change += 1)
      await must(organizer.patch(`/v1/stops/${stop.id}`, { capacity: stop.capacity - change }));
    await taken(receiver, before + expected);
  } finally {
    clearInterval(sampling);
  }
  const rate = expected / ((performance.now() - began) / 1_000);
  const endpoints = companies.length * endpointsOfCompany;
  run.report.add({
    what: `memory of notifications, ${endpoints.toLocaleString('en')} endpoints, 1 % dead`,
    figure: `${Math.round(most.mb)} MB, ${most.sockets} sockets, ${perSecond(rate)} delivered`,
    must: { text: `≤ ${mostMb} MB`, met: most.mb <= mostMb },
  });
}

/** @returns how many of the endpoints that the companies of a stop get lead to `url`; every so many-th leads to `dead` */
async function addEndpoints(
  client: pg.Client,
  stopId: string,
  { url, dead }: { url: string; dead: string },
): Promise<number> {
  const { rows } = await client.query<{ url: string }>(
    `WITH made AS (
       INSERT INTO webhooks (id, company_id, url, types, state, secret_generation, created_at, version)
       SELECT gen_random_uuid(), company_id,
              CASE WHEN row_number() OVER (ORDER BY company_id, place) % $5 = 0 THEN $3 ELSE $2 END,
              '{stop.*}', 'active', 1, now(), 1
         FROM aggregates, generate_series(1, $4::integer) AS place
        WHERE kind = 'registration' AND stop_id = $1
       RETURNING id, url),
     lanes AS (INSERT INTO lanes (webhook_id, last_success_at, next_at) SELECT id, now(), now() FROM made)
     SELECT url FROM made WHERE url = $2`,
    [stopId, url, dead, endpointsOfCompany, deadShare],
  );
  return rows.length;
}

async function taken(receiver: BenchReceiver, count: number): Promise<{ lastAt: number }> {
  const until = Date.now() + withinMs;
  for (;;) {
    const now = await receiver.taken();
    if (now.count >= count) return now;
    if (Date.now() > until) throw new Error(`Only ${now.count} of ${count} messages arrived.`);
    await sleep(lookEveryMs);
  }
}
