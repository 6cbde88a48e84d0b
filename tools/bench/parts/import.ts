import type { ProcessName } from '../../dev/system/start-system.js';
import { processNames, type MeasuredSystem } from '../measured-system.js';
import { ms } from '../report.js';
import type { Run } from './run.js';

/** As large as the published programme of a large congress: about 2,000 kB. */
const [days, rooms, talksADay, textLength] = [5, 12, 17, 1_500];
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const mostMs = 3_000;
const rounds = 3;
/** The services that keep copies of sessions. */
const followers = ['registrations', 'notifications', 'matching', 'outcomes'] as const;

/** One organizer imports a large programme, each time into a stop of its own. */
export async function measureImport(run: Run, measured: MeasuredSystem): Promise<void> {
  const took: number[] = [];
  let [bytes, created] = [0, 0];
  const [before, databasesBefore] = [measured.cpuMs(), measured.databaseCpuMs()];
  for (let round = 0; round < rounds; round += 1) {
    // On other days each time, since nobody speaks in two places at once.
    const startsAt = Math.ceil(Date.now() / dayMs) * dayMs + (round * 10 + 1) * dayMs;
    const stopId = await stopOf(measured, startsAt);
    const file = programme(startsAt);
    bytes = Buffer.byteLength(file);
    const began = performance.now();
    const answer = await ask(measured, `/v1/stops/${stopId}/sessions/import`, file);
    took.push(performance.now() - began);
    created = Number(answer['created']);
    run.report.progress(`import ${round + 1}: ${created} talks, ${ms(took.at(-1) ?? 0)}`);
  }
  for (const service of followers) await measured.caughtUp(service);
  const [after, databasesAfter] = [measured.cpuMs(), measured.databaseCpuMs()];
  const cpu = (names: readonly string[], msOf: (name: string) => number): string =>
    `${names.map((name) => `${name} ${Math.round(msOf(name) / rounds)}`).join(', ')} ms`;
  run.report.add({
    what: 'an import: CPU until all have followed',
    figure: cpu(processNames, (name) => after[name as ProcessName] - before[name as ProcessName]),
  });
  run.report.add({
    what: 'an import: of this PostgreSQL, by database',
    figure: cpu(
      [...databasesAfter.keys()],
      (name) => (databasesAfter.get(name) ?? 0) - (databasesBefore.get(name) ?? 0),
    ),
  });
  const worst = Math.max(...took);
  run.report.add({
    what: `an import of ${created.toLocaleString('en')} talks, ${Math.round(bytes / 1_000).toLocaleString('en')} kB`,
    figure: `at most ${ms(worst)}`,
    must: {
      text: `≤ ${mostMs / 1_000} s, every talk`,
      met: worst <= mostMs && created === days * rooms * talksADay,
    },
  });
}

async function stopOf(measured: MeasuredSystem, startsAt: number): Promise<string> {
  const tour = await ask(measured, '/v1/tours', JSON.stringify({ name: { en: 'Import' } }));
  const at = (ms: number): string => new Date(ms).toISOString();
  const draft = {
    name: { en: 'Congress' },
    city: { code: '510100' },
    venue: { name: { en: 'Centre' } },
    timeZone: 'UTC',
    startsAt: at(startsAt),
    endsAt: at(startsAt + days * dayMs),
    capacity: 10_000,
    registration: { opensAt: at(Date.now()), closesAt: at(startsAt) },
  };
  const stop = await ask(measured, `/v1/tours/${String(tour['id'])}/stops`, JSON.stringify(draft));
  await ask(measured, `/v1/stops/${String(stop['id'])}/publish`, '{}');
  return String(stop['id']);
}

async function ask({ system }: MeasuredSystem, path: string, body: string): Promise<Record<string, unknown>> {
  const answer = await fetch(`${system.url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${system.organizerKey}`, 'content-type': 'application/json' },
    body,
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text.slice(0, 200)}`);
  return JSON.parse(text) as Record<string, unknown>;
}

function programme(startsAt: number): string {
  const shown = Array.from({ length: days }, (_, day) => {
    const date = new Date(startsAt + day * dayMs).toISOString().slice(0, 10);
    const names = Array.from({ length: rooms }, (__, room) => `Hall ${room + 1}`);
    const listed = names.map((name, room) => {
      const talks = Array.from({ length: talksADay }, (__, slot) => talk(startsAt, { day, room, slot }));
      return [name, talks] as const;
    });
    return { index: day + 1, date, rooms: Object.fromEntries(listed) };
  });
  const conference = { acronym: 'bench', title: 'Congress', time_zone_name: 'UTC', days: shown };
  return JSON.stringify({ schedule: { version: '1', conference } });
}

function talk(startsAt: number, { day, room, slot }: { day: number; room: number; slot: number }): object {
  const number = (day * rooms + room) * talksADay + slot + 1;
  return {
    id: number,
    guid: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
    date: new Date(startsAt + day * dayMs + (slot + 5) * hourMs).toISOString(),
    duration: '00:45',
    room: `Hall ${room + 1}`,
    slug: `bench-${number}-talk`,
    title: `Talk ${number} 数据集建设`,
    type: 'lecture',
    language: 'en',
    abstract: 'An abstract of some lines. '.repeat(10),
    description: 'What the talk is about, at length. '.repeat(Math.ceil(textLength / 35)),
    persons: [1, 2].map((one) => ({ id: number * 2 + one, public_name: `Speaker ${number * 2 + one}` })),
    links: [{ url: `https://example.org/${number}`, title: 'Slides' }],
  };
}
