import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { ApiClient, aStop, must, type Answer } from '../../support/client.js';
import { sharedSystem, type SharedSystem } from '../../support/shared-system.js';
import { dirtyConflicts, dirtyDays, dirtyXml } from './dirty-file.js';
import { readJson, readXml, type Entry, type Programme } from './read-files.js';

/** A folder with published programmes. They belong to others, so none is in this project. */
const folder = process.env['SCHEDULES_DIR'] ?? '';

type Format = 'json' | 'xml';
const formats = ['json', 'xml'] as const;
const headers = { xml: { 'content-type': 'application/xml' }, json: { 'content-type': 'application/json' } };
const read = { xml: readXml, json: readJson };

let system: SharedSystem;
let anyone: ApiClient;
let organizer: ApiClient;

beforeAll(async () => {
  system = await sharedSystem();
  anyone = new ApiClient(system.url);
  organizer = anyone.with(system.organizerKey);
}, 300_000);

/** Days of one winter, in which no clock of these programmes is put on or back. */
const firstDayMs = Date.UTC(new Date().getUTCFullYear() + 1, 0, 5);

/** A published stop that begins at midnight by its own clock. */
async function stopOf(days: number, from: number, { timeZone, offset }: Zone): Promise<string> {
  const tour = await must(organizer.post('/v1/tours', { name: { zh: '生态行' } }));
  const midnight = (day: number): string =>
    `${new Date(firstDayMs + day * 86_400_000).toISOString().slice(0, 10)}T00:00:00${offset}`;
  const times = { startsAt: midnight(from), endsAt: midnight(from + days), timeZone, rooms: [] };
  const registration = { closesAt: midnight(from) };
  const stop = await must(organizer.post(`/v1/tours/${tour.id}/stops`, aStop({ ...times, registration })));
  await must(organizer.post(`/v1/stops/${stop.id}/publish`));
  return String(stop.id);
}

/** Imports a file and releases what came of it. */
async function imported(stopId: string, text: string, format: Format): Promise<Answer['body']> {
  const path = `/v1/stops/${stopId}/sessions/import?align=start`;
  const answer = await must(organizer.post(path, text, headers[format]));
  await must(organizer.post(`/v1/stops/${stopId}/timetable/releases`));
  return answer;
}

async function exported(stopId: string): Promise<Record<Format, string>> {
  const [json = '', xml = ''] = await Promise.all(
    formats.map(async (format) =>
      (await fetch(`${system.url}/v1/stops/${stopId}/schedule.${format}?lang=en`)).text(),
    ),
  );
  return { json, xml };
}

/** Aligning changes the date, and answers to an organizer's questions are nobody else's business. */
function comparable({ day, members }: Entry): Entry {
  const { date: _, persons, ...rest } = members;
  const withoutAnswers = (persons as Record<string, unknown>[]).map(
    ({ answers: _answers, ...person }) => person,
  );
  return { day, members: { ...rest, persons: withoutAnswers } };
}

/** Members in any order; the first programme's that the second does not have just so. */
function differences(before: Programme, after: Programme): unknown[] {
  return [...before.entries].flatMap(([key, entry]) => {
    const other = after.entries.get(key);
    if (other === undefined) return [[key, 'is gone']];
    const [a, b] = [comparable(entry), comparable(other)];
    if (a.day !== b.day) return [[key, 'day', a.day, b.day]];
    return Object.entries(a.members)
      .filter(([name, value]) => sorted(value) !== sorted(b.members[name]))
      .map(([name, value]) => [key, name, value, b.members[name]]);
  });
}

/** What the stop itself says better, and where the second of two rooms has the guid of the first. */
const ofTheStop = new Set(
  'title start end days daysCount time_zone_name version base_url url generator'.split(' '),
);

function wholeOf({ whole, rooms }: Programme): object {
  const { rooms: shown, days, ...others } = whole as { rooms: Record<string, object>; days: object[] };
  const isKept = ([name, value]: [string, unknown]): boolean =>
    !ofTheStop.has(name) || (name === 'url' && String(value).includes('d1c0'));
  const guids = new Set<unknown>();
  const said = rooms.map((name) => {
    const { capacity: _, guid, ...room } = { guid: undefined, capacity: 0, ...shown[name] };
    const isFirst = guid !== undefined && !guids.has(guid);
    guids.add(guid);
    return [name, isFirst ? { ...room, guid } : room] as const;
  });
  const bounds = new Set(['date', 'start', 'end', 'day_start', 'day_end']);
  return {
    ...Object.fromEntries(Object.entries(others).filter(isKept)),
    rooms: Object.fromEntries(said),
    days: days.map((day) => Object.fromEntries(Object.entries(day).filter(([name]) => !bounds.has(name)))),
  };
}

function sorted(value: unknown): string {
  return JSON.stringify(value, (_key, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );
}

/** Without those of which the import said that they have no place. */
function placedOnly(programme: Programme, answer: Answer['body']): Programme {
  const kept = new Set(
    answer.results
      .filter(({ result }: Answer['body']) => result === 'kept')
      .map(({ id }: Answer['body']) => String(id)),
  );
  const entries = [...programme.entries].filter(([, { members }]) => !kept.has(String(members['id'])));
  return { ...programme, entries: new Map(entries) };
}

type Zone = { timeZone: string; offset: string };
const berlin: Zone = { timeZone: 'Europe/Berlin', offset: '+01:00' };
type File = { name: string; text: string; format: Format; days: number; zone: Zone; kept: number };

const generated: File = {
  name: 'a made-up file of the same kind',
  text: dirtyXml(),
  format: 'xml',
  days: dirtyDays + 1,
  zone: berlin,
  kept: dirtyConflicts,
};
const realFiles = [
  { name: '31c3.xml', format: 'xml' as const, days: 5, zone: berlin, kept: 2 },
  {
    name: 'pretalx-democon.json',
    format: 'json' as const,
    days: 4,
    zone: { timeZone: 'UTC', offset: 'Z' },
    kept: 1,
  },
].flatMap((file): File[] => {
  const path = join(folder, file.name);
  return folder !== '' && existsSync(path) ? [{ ...file, text: readFileSync(path, 'utf8') }] : [];
});

describe.each([generated, ...realFiles])('a published programme: $name', (file) => {
  const sent = read[file.format](file.text);
  let answer: Answer['body'];
  let out: Record<Format, string>;

  beforeAll(async () => {
    const stopId = await stopOf(file.days, 0, file.zone);
    answer = await imported(stopId, file.text, file.format);
    out = await exported(stopId);
  });

  it('goes in whole: what has no place is kept, with the reason', () => {
    expect(answer).toMatchObject({
      created: sent.entries.size - file.kept,
      kept: file.kept,
      refused: 0,
    });
    const details = answer.results.map(({ detail }: Answer['body']) => detail);
    expect(
      details.filter((detail: string | null) => /can't stand|left out|cut/iu.test(detail ?? '')),
    ).toEqual([]);
  });

  it('comes out equal, entry by entry and member by member', () => {
    const got = read[file.format](out[file.format]);
    expect(differences(placedOnly(sent, answer), got)).toEqual([]);
    expect(got.entries.size).toBe(sent.entries.size - file.kept);
    expect(got.rooms).toEqual(sent.rooms);
    expect(got.days).toBe(sent.days);
    expect(readXml(out.xml).rooms).toEqual(sent.rooms);
    expect(readJson(out.json).rooms).toEqual(sent.rooms);
  });

  it('comes out with what it says of the whole, of rooms and of days', () => {
    const got = read[file.format](out[file.format]);
    expect(wholeOf(sent)).not.toEqual({ rooms: {}, days: [] });
    expect(got.whole).toMatchObject(wholeOf(sent));
    const title = 'schedule.title_replaced';
    expect(answer.warnings).toEqual([{ code: title, message: expect.stringContaining('“') }]);
  });

  it.each(formats)(
    'goes in again as the exported %s, and comes out equal in both formats',
    async (format) => {
      // On other days, since nobody speaks in two places at once.
      const stopId = await stopOf(file.days, format === 'json' ? 20 : 40, file.zone);
      const again = await imported(stopId, out[format], format);
      expect(again).toMatchObject({ created: sent.entries.size - file.kept, kept: 0, refused: 0 });
      const next = await exported(stopId);
      expect(differences(read[format](out[format]), read[format](next[format]))).toEqual([]);
      expect(read[format](next[format]).whole).toMatchObject(wholeOf(read[format](out[format])));
      // The schedule in the other format names persons by `name` alone, whatever the first one did.
      if (format === 'json') expect(differences(readXml(out.xml), readXml(next.xml))).toEqual([]);
      expect(readJson(next.json).entries.size).toBe(readXml(next.xml).entries.size);
    },
  );
});
