import { setTimeout as sleep } from 'node:timers/promises';
import type { MeetingPlan, Registration, Stop } from '#contracts';
import type { BenchCompany } from '../companies.js';
import type { MeasuredSystem } from '../measured-system.js';
import { peakMemoryMbOf } from '../process-usage.js';
import { ms, quantile } from '../report.js';
import { registrationRound } from './registration-round.js';
import { connections, type Run } from './run.js';

/** The opening of requests: so many companies ask within a minute. */
const askers = 1_000;
const withinMs = 60_000;
const mostAskP99Ms = 150;

interface Shape {
  readonly companies: number;
  readonly requestsOfEach: number;
  readonly slots: number;
  readonly tables: number;
}

/** The plans that are computed and accepted, the large one last: a process does not give all its memory back. */
const usual: Shape = { companies: 100, requestsOfEach: 3, slots: 12, tables: 25 };
const large: Shape = { companies: 300, requestsOfEach: 5, slots: 18, tables: 60 };
const rounds = 3;
const mostAcceptMs = 200;
const mostMemoryMb = 250;
const lookEveryMs = 100;
const minuteMs = 60_000;

/** A company at the stop, with who comes for it. */
interface Comer {
  readonly company: BenchCompany;
  readonly companyId: string;
  readonly delegateId: string;
}

interface Answer {
  readonly ms: number;
  readonly body: Record<string, unknown>;
}

/** Companies ask each other as requests open, and an organizer has plans computed and accepts them. */
export async function measureMeetings(run: Run, measured: MeasuredSystem): Promise<void> {
  await measureOpening(run, measured);
  const took: number[] = [];
  for (let round = 0; round < rounds; round += 1) took.push(await planAndAccept(run, measured, usual));
  const worst = Math.max(...took);
  run.report.add({
    what: `a plan of ${usual.companies * usual.requestsOfEach} meetings is accepted`,
    figure: `at most ${ms(worst)}`,
    must: { text: `≤ ${ms(mostAcceptMs)}`, met: worst <= mostAcceptMs },
  });
  reportMemory(run, measured, usual);
  await planAndAccept(run, measured, large);
  reportMemory(run, measured, large);
}

/** The service as it is built, which computes in a thread of its own. */
function reportMemory(run: Run, { system }: MeasuredSystem, { companies, requestsOfEach }: Shape): void {
  const mb = Math.max(...system.pids('matching').map(peakMemoryMbOf));
  run.report.add({
    what: `matching: most memory, with a plan of ${(companies * requestsOfEach).toLocaleString('en')} meetings`,
    figure: `${mb.toFixed(0)} MB`,
    must: { text: `≤ ${mostMemoryMb} MB`, met: mb <= mostMemoryMb },
  });
}

async function measureOpening(run: Run, measured: MeasuredSystem): Promise<void> {
  const { stop, comers } = await stopWith(run, measured, { ...usual, companies: askers });
  const took: number[] = [];
  const began = performance.now();
  const asked = comers.map(async ({ company }, at) => {
    await sleep(Math.max(0, began + (at * withinMs) / comers.length - performance.now()));
    const companyId = comers[(at + 1) % comers.length]?.companyId;
    const answer = await ask(measured, company.apiKey, `/v1/stops/${stop.id}/meetings`, { companyId });
    took.push(answer.ms);
  });
  await Promise.all(asked);
  const p99Ms = quantile(took, 0.99);
  run.report.add({
    what: `${comers.length.toLocaleString('en')} companies ask within a minute, p99`,
    figure: `${ms(p99Ms)}, p50 ${ms(quantile(took, 0.5))}`,
    must: { text: `≤ ${ms(mostAskP99Ms)}`, met: p99Ms <= mostAskP99Ms },
  });
}

/** @returns how long accepting it took, in milliseconds */
async function planAndAccept(run: Run, measured: MeasuredSystem, shape: Shape): Promise<number> {
  const { stop, comers } = await stopWith(run, measured, shape);
  await meet(measured, stop, comers, shape.requestsOfEach);
  const { id, items } = await readyPlan(measured, stop);
  await measured.quiet();
  const answer = await organizer(measured, `/v1/plans/${id}/accept`, {});
  run.report.progress(`accepting ${items.length} meetings: ${ms(answer.ms)}`);
  return answer.ms;
}

/** A stop with slots and tables at which so many companies are registered. */
async function stopWith(
  run: Run,
  measured: MeasuredSystem,
  { companies: count, slots, tables }: Shape,
): Promise<{ stop: Stop; comers: Comer[] }> {
  const stop = await measured.stops.openStop();
  const companies = run.companies.slice(0, count);
  const plan = { companies, stops: 1, connections, at: [stop], keepBodies: true };
  const { bodies } = await registrationRound(measured, plan);
  const starts = Array.from({ length: slots }, (_, slot) =>
    new Date(Date.parse(stop.startsAt) + slot * 30 * minuteMs).toISOString(),
  );
  const rules = {
    scheduling: 'organizer',
    slots: { minutes: 20, starts },
    tables,
    opensAt: new Date(Date.now() - minuteMs).toISOString(),
    closesAt: stop.startsAt,
  };
  await organizer(measured, `/v1/stops/${stop.id}/meeting-rules`, rules, 'PUT');
  const comers = bodies.flatMap((body, at): Comer[] => {
    const company = companies[at];
    const { companyId, delegates } = JSON.parse(body) as Registration;
    const [delegate] = delegates;
    return company === undefined || delegate === undefined
      ? []
      : [{ company, companyId, delegateId: delegate.id }];
  });
  return { stop, comers };
}

/** Each company asks some others, and all of them agree. */
async function meet(
  measured: MeasuredSystem,
  stop: Stop,
  comers: readonly Comer[],
  requestsOfEach: number,
): Promise<void> {
  const consent = { textVersion: '2026-11' };
  for (const [at, asker] of comers.entries()) {
    const others = Array.from(
      { length: requestsOfEach },
      (_, step) => comers[(at + step + 1) % comers.length],
    );
    const agreed = others.map(async (other) => {
      if (other === undefined) return;
      const body = { companyId: other.companyId };
      const path = `/v1/stops/${stop.id}/meetings`;
      const { body: meeting } = await ask(measured, asker.company.apiKey, path, body);
      const yes = { delegateId: other.delegateId, consent };
      await ask(measured, other.company.apiKey, `/v1/meetings/${String(meeting['id'])}/accept`, yes);
    });
    await Promise.all(agreed);
  }
}

async function readyPlan(measured: MeasuredSystem, stop: Stop): Promise<MeetingPlan> {
  const { body } = await organizer(measured, `/v1/stops/${stop.id}/meeting-plans`, {});
  const path = `${measured.system.url}/v1/plans/${String(body['id'])}`;
  const headers = { authorization: `Bearer ${measured.system.organizerKey}` };
  for (;;) {
    const plan = (await (await fetch(path, { headers })).json()) as MeetingPlan;
    if (plan.status === 'ready') return plan;
    if (plan.status !== 'computing') throw new Error(`The plan is ${plan.status}.`);
    await sleep(lookEveryMs);
  }
}

function organizer(
  measured: MeasuredSystem,
  path: string,
  body: object,
  method?: 'POST' | 'PUT',
): Promise<Answer> {
  return ask(measured, measured.system.organizerKey, path, body, method);
}

async function ask(
  { system }: MeasuredSystem,
  apiKey: string,
  path: string,
  body: object,
  method: 'POST' | 'PUT' = 'POST',
): Promise<Answer> {
  const began = performance.now();
  const answer = await fetch(`${system.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  const took = performance.now() - began;
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text.slice(0, 200)}`);
  return { ms: took, body: JSON.parse(text) as Record<string, unknown> };
}
