import { setTimeout as sleep } from 'node:timers/promises';
import { registrationChanged, type EventEnvelope, type Stop } from '#contracts';
import { Broker, EventPublisher, type OutgoingEvent } from '#messaging';
import { newId } from '#persistence';
import type { MeasuredSystem, Usage } from '../measured-system.js';
import { perSecond } from '../report.js';
import type { Run } from './run.js';

const followers = ['notifications', 'matching', 'outcomes'] as const;
const databases: readonly string[] = followers;
/** As in S: the relay of registrations publishes what was committed within some 40 ms. */
const [together, everyMs] = [40, 40];
const events = 8_000;
const restMs = 5_000;

interface Used {
  readonly processes: Usage;
  readonly databases: ReadonlyMap<string, number>;
  readonly seconds: number;
}

/**
 * CPU time of those who follow registrations, an event, beside what they use at rest: events of registrations go to the
 * stream at some 1,000 a second, and nobody registers. CPU time can be compared on a machine that has other work, too.
 */
export async function measureFollowers(run: Run, measured: MeasuredSystem): Promise<void> {
  const stop = await measured.stops.openStop();
  await publish(measured, stop, together);
  await measured.quiet();
  const rest = await using(measured, () => sleep(restMs));
  const work = await using(measured, async () => {
    await publish(measured, stop, events);
    for (const service of followers) await measured.caughtUp(service);
  });
  run.report.add({ what: 'events to followers', figure: perSecond(events / work.seconds) });
  const line = (what: string, names: readonly string[], usOf: (name: string) => number): void =>
    run.report.add({
      what,
      figure: `${names.map((name) => `${name} ${Math.round(usOf(name))}`).join(', ')} µs`,
    });
  const cpuMs = ({ processes }: Used, name: string): number => processes[name as keyof Usage];
  const names = Object.keys(rest.processes);
  line('CPU a second, at rest', names, (name) => (cpuMs(rest, name) * 1_000) / rest.seconds);
  const above = (at: number, resting: number) =>
    ((at - (resting / rest.seconds) * work.seconds) * 1_000) / events;
  line('CPU an event, beyond rest', [...followers, 'nats'], (name) =>
    above(cpuMs(work, name), cpuMs(rest, name)),
  );
  line('CPU an event, PostgreSQL by database', databases, (name) =>
    above(work.databases.get(name) ?? 0, rest.databases.get(name) ?? 0),
  );
}

async function using(measured: MeasuredSystem, work: () => Promise<unknown>): Promise<Used> {
  const [before, databasesBefore, began] = [measured.cpuMs(), measured.databaseCpuMs(), performance.now()];
  await work();
  const [after, databasesAfter] = [measured.cpuMs(), measured.databaseCpuMs()];
  const names = Object.keys(before) as (keyof Usage)[];
  return {
    processes: Object.fromEntries(names.map((name) => [name, after[name] - before[name]])) as Usage,
    databases: new Map(
      [...databasesAfter].map(([name, ms]) => [name, ms - (databasesBefore.get(name) ?? 0)]),
    ),
    seconds: (performance.now() - began) / 1_000,
  };
}

async function publish({ system }: MeasuredSystem, stop: Stop, count: number): Promise<void> {
  const broker = await Broker.connect({ url: system.natsUrl, name: 'operator', nkeySeed: system.natsSeed });
  try {
    const publisher = new EventPublisher(broker);
    const began = performance.now();
    for (let at = 0; at < count; at += together) {
      await publisher.publish(Array.from({ length: together }, () => eventAt(stop)));
      await sleep(Math.max(0, began + (at / together) * everyMs - performance.now()));
    }
  } finally {
    await broker.drain();
  }
}

/** A delegation of two that nobody has heard of. */
function eventAt(stop: Stop): OutgoingEvent {
  const [id, registrationId] = [newId(), newId()];
  const event: EventEnvelope = {
    specversion: '1.0',
    id,
    source: '/waystop/registrations',
    type: registrationChanged.subject,
    subject: registrationId,
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    traceparent: `00-${newId().replaceAll('-', '')}-0000000000000001-00`,
    data: {
      registrationId,
      stopId: stop.id,
      companyId: newId(),
      status: 'confirmed',
      seats: 2,
      delegateIds: [newId(), newId()],
      version: 1,
    },
  };
  return { id, subject: registrationChanged.subject, payload: JSON.stringify(event) };
}
