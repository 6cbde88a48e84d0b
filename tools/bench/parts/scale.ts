import pg from 'pg';
import type { Stop } from '#contracts';
import type { MeasuredSystem } from '../measured-system.js';
import { median, ms, times } from '../report.js';
import { fillStops, insertCompanies, insertProjections } from '../scale-data.js';
import { measureVariation } from './rush.js';
import type { Run } from './run.js';

/** 450,000 registrations with 900,000 delegates, and the companies that an organizer searches. */
const [stops, companiesAtStop, companies] = [300, 1_500, 100_000];
const stopsAtOnce = 20;
const repeats = 9;
const pageSize = 50;
const deepPages = 25;
/** What an answer of the same size may take among 300 stops, against among one; the milliseconds are the machine's. */
const [mostRatio, mostMoreMs] = [2, 10];
const [mostSearchMs, mostCalendarMs] = [10, 150];
const leastFresh = 0.8;

type Reads = ReadonlyMap<string, string>;

/** The same reads of one stop, alone and as one of three hundred; then what only a large installation has. */
export async function measureScale(run: Run, measured: MeasuredSystem): Promise<void> {
  const [first] = await measured.stops.openStops(1);
  if (first === undefined) return;
  const client = await connected(measured, 'registrations');
  try {
    const companyIds = await insertProjections(client, companiesAtStop);
    await fillStops(client, [first.id], companyIds);
    const reads = await readsOf(measured, first);
    const alone = await durations(measured, reads);
    const others = await measured.stops.openStops(stops - 1);
    for (let from = 0; from < others.length; from += stopsAtOnce) {
      const some = others.slice(from, from + stopsAtOnce).map(({ id }) => id);
      await fillStops(client, some, companyIds);
      run.report.progress(`scale: ${from + some.length + 1} stops filled`);
    }
    await measured.quiet();
    reportReads(run, alone, await durations(measured, reads));
  } finally {
    await client.end();
  }
  await measureCalendar(run, measured, first.tourId);
  await measureSearch(run, measured);
  await measureVariation(run, 'S on a fresh stop beside 300 full ones', measured, {}, leastFresh);
}

async function connected(
  { system }: MeasuredSystem,
  service: 'registrations' | 'accounts',
): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: system.databaseUrl(service) });
  await client.connect();
  return client;
}

async function readsOf(measured: MeasuredSystem, { id }: Stop): Promise<Reads> {
  const list = `/v1/stops/${id}/registrations`;
  return new Map([
    ['first page', `${list}?limit=${pageSize}`],
    ['deep cursor', `${list}?limit=${pageSize}&cursor=${await deepCursor(measured, list)}`],
    ['sorted by company', `${list}?limit=${pageSize}&sort=company`],
    ['search of delegates', `${list}?limit=${pageSize}&q=${encodeURIComponent('规模企业 1234')}`],
    ['availability', `/v1/stops/${id}/availability`],
    ['attendance', `/v1/stops/${id}/attendance?limit=${pageSize}`],
    ['door list', `/v1/stops/${id}/door-list?limit=${pageSize}`],
    ['audit', `/v1/audit?resourceType=registration&limit=${pageSize}`],
    ['CSV', `${list}.csv`],
    ['XLSX', `${list}.xlsx`],
  ]);
}

async function deepCursor(measured: MeasuredSystem, list: string): Promise<string> {
  let cursor = '';
  for (let page = 0; page < deepPages; page += 1) {
    const query = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const { nextCursor } = JSON.parse(await get(measured, `${list}?limit=${pageSize}${query}`)) as {
      nextCursor: string | null;
    };
    cursor = nextCursor ?? cursor;
  }
  return encodeURIComponent(cursor);
}

async function durations(measured: MeasuredSystem, reads: Reads): Promise<Map<string, number>> {
  const taken = new Map<string, number>();
  for (const [name, path] of reads) taken.set(name, await durationOf(measured, path));
  return taken;
}

/** The median of some requests one after the other, in milliseconds. */
async function durationOf(measured: MeasuredSystem, path: string): Promise<number> {
  const taken: number[] = [];
  for (let turn = 0; turn < repeats; turn += 1) {
    const began = performance.now();
    await get(measured, path);
    taken.push(performance.now() - began);
  }
  return median(taken);
}

async function get({ system }: MeasuredSystem, path: string): Promise<string> {
  const response = await fetch(`${system.url}${path}`, {
    headers: { authorization: `Bearer ${system.organizerKey}` },
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${path}: ${response.status} ${text.slice(0, 200)}`);
  return text;
}

function reportReads(run: Run, alone: ReadonlyMap<string, number>, among: ReadonlyMap<string, number>): void {
  for (const [name, now] of among) {
    const before = alone.get(name) ?? NaN;
    run.report.add({
      what: `${name}, one stop of ${stops} with 450,000 registrations`,
      figure: `${ms(now)}, alone ${ms(before)}`,
      ratio: times(now, before),
      must: {
        text: `≤ ${mostRatio} × + ${mostMoreMs} ms`,
        met: now <= before * mostRatio + mostMoreMs,
      },
    });
  }
}

async function measureCalendar(run: Run, measured: MeasuredSystem, tourId: string): Promise<void> {
  const path = `/v1/tours/${tourId}/calendar.ics`;
  const entries = (await get(measured, path)).split('BEGIN:VEVENT').length - 1;
  const taken = await durationOf(measured, path);
  run.report.add({
    what: `the tour's calendar, ${entries} stops`,
    figure: ms(taken),
    must: { text: `≤ ${mostCalendarMs} ms`, met: taken <= mostCalendarMs },
  });
}

/** Companies by a rare name and by one that every tenth has. */
async function measureSearch(run: Run, measured: MeasuredSystem): Promise<void> {
  const client = await connected(measured, 'accounts');
  try {
    await insertCompanies(client, companies);
  } finally {
    await client.end();
  }
  for (const [what, q] of [
    ['rare', '稀土合金'],
    ['common', '成都'],
    ['unknown', '不存在的'],
  ] as const) {
    const taken = await durationOf(measured, `/v1/companies?limit=${pageSize}&q=${encodeURIComponent(q)}`);
    run.report.add({
      what: `search of ${companies.toLocaleString('en')} companies, a ${what} name`,
      figure: ms(taken),
      must: { text: `≤ ${mostSearchMs} ms`, met: taken <= mostSearchMs },
    });
  }
}
