import pg from 'pg';
import { answerParent } from '../in-own-process.js';
import type { FloorPlan, FloorResult } from './baseline.js';
import { quantile } from '../report.js';
import { registrationRows, type RegistrationRows } from './registration-rows.js';
import { insertStop, writeRegistrations } from './write-registrations.js';

answerParent<FloorPlan, FloorResult>(async ({ databaseUrl, registrations, writers, perTransaction }) => {
  const clients = Array.from(
    { length: writers },
    () => new pg.Client({ connectionString: databaseUrl, pipeline: true }),
  );
  await Promise.all(clients.map((client) => client.connect()));
  const [first] = clients;
  if (first === undefined) throw new Error('At least one writer is needed.');
  const stopId = await insertStop(first);
  const batches = batchesOf(stopId, registrations, perTransaction);
  const cpuBefore = process.cpuUsage();
  const began = performance.now();
  const tookMs = (await Promise.all(clients.map((client) => writeAll(client, stopId, batches)))).flat();
  const seconds = (performance.now() - began) / 1_000;
  const { user, system } = process.cpuUsage(cpuBefore);
  await Promise.all(clients.map((client) => client.end()));
  return {
    perSecond: registrations / seconds,
    seconds,
    cpuMs: (user + system) / 1_000,
    p99Ms: quantile(tookMs, 0.99),
  };
});

/** All rows are made beforehand: only writing them is measured. */
function batchesOf(stopId: string, registrations: number, perTransaction: number): RegistrationRows[][] {
  const rows = Array.from({ length: registrations }, (_, index) => registrationRows(stopId, index + 1));
  const count = Math.ceil(registrations / perTransaction);
  return Array.from({ length: count }, (_, index) =>
    rows.slice(index * perTransaction, (index + 1) * perTransaction),
  );
}

/** The writers share the batches: each takes the next when it is done with one. @returns what each transaction took */
async function writeAll(client: pg.Client, stopId: string, batches: RegistrationRows[][]): Promise<number[]> {
  const tookMs: number[] = [];
  for (let batch = batches.pop(); batch !== undefined; batch = batches.pop()) {
    const began = performance.now();
    await writeRegistrations(client, stopId, batch);
    tookMs.push(performance.now() - began);
  }
  return tookMs;
}
