import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  ApiClient,
  aSession,
  aStop,
  inDays,
  must,
  signUpCompany,
  type Answer,
} from '../../support/client.js';
import { sharedSystem, type SharedSystem } from '../../support/shared-system.js';
import { conferenceSchedule, talksExpected } from './conference.js';
import { programmeOf, type Talk } from './programme-of.js';

let system: SharedSystem;
let anyone: ApiClient;
let organizer: ApiClient;

beforeAll(async () => {
  system = await sharedSystem();
  anyone = new ApiClient(system.url);
  organizer = anyone.with(system.organizerKey);
}, 300_000);

/** The first of five days that begin in so many days, at ten in Chengdu. */
const tenOn = (day: number, hours = 0) =>
  `${inDays(day).slice(0, 10)}T${String(2 + hours).padStart(2, '0')}:00:00Z`;

/** A published stop of five days and nights. */
async function stopOn(day: number, over: object = {}): Promise<Answer['body']> {
  const tour = await must(organizer.post('/v1/tours', { name: { zh: '生态行' } }));
  const times = { startsAt: tenOn(day), endsAt: tenOn(day + 4, 19), rooms: [], ...over };
  const stop = await must(organizer.post(`/v1/tours/${tour.id}/stops`, aStop(times)));
  return must(organizer.post(`/v1/stops/${stop.id}/publish`));
}

const importInto = (stopId: string, body: unknown, query = '', headers: Record<string, string> = {}) =>
  organizer.post(`/v1/stops/${stopId}/sessions/import${query}`, body, headers);
const asXml = { 'content-type': 'application/xml' };

async function exported(stopId: string): Promise<Answer['body']> {
  await must(organizer.post(`/v1/stops/${stopId}/timetable/releases`));
  return must(anyone.get(`/v1/stops/${stopId}/schedule.json`));
}

/** A file with these entries in one room on one day. */
function smallFile(events: object[], date = '2019-08-21'): object {
  const days = [
    {
      index: 1,
      date,
      day_start: `${date}T09:00:00+02:00`,
      day_end: `${date}T23:00:00+02:00`,
      rooms: { 'Hall 1': events },
    },
  ];
  return { schedule: { version: '1', conference: { acronym: 'small', title: 'Small', days } } };
}

const entry = (id: number, over: object = {}) => ({
  id,
  title: `Entry ${id}`,
  date: `2019-08-21T${10 + id}:00:00+02:00`,
  duration: '00:30',
  persons: [{ id: 70 + id, name: `Speaker ${id}` }],
  ...over,
});

describe('a conference', () => {
  const { file, refused } = conferenceSchedule();
  let stop: Answer['body'];
  let first: Answer;

  beforeAll(async () => {
    stop = await stopOn(30);
  });

  it('goes in with one request, and what is wrong with it is named', async () => {
    first = await importInto(stop.id, file, '?align=start&refused=skip', { 'idempotency-key': 'conference' });
    expect(first.status).toBe(200);
    expect(first.body).toMatchObject({ created: talksExpected, unchanged: 0, refused: refused.length });
    expect(first.body.rooms).toHaveLength(6);
    const named = first.body.results.filter(({ result }: { result: string }) => result === 'refused');
    expect(named.map(({ code }: { code: string }) => code)).toEqual(refused);
    const [roomTwice, twoPlaces] = named.slice(-3);
    expect(roomTwice.conflicts).toHaveLength(2);
    expect(roomTwice.detail).toMatch(/^The room Hall 2 is taken by “.+” from .+ to .+ and 1 more\.$/);
    const met = await must(organizer.get(`/v1/sessions/${twoPlaces.conflicts[0].sessionId}`));
    expect(met).toMatchObject({
      status: 'scheduled',
      speakers: [{ name: expect.stringMatching(/^Speaker/) }],
    });
  });

  it('comes out equal', async () => {
    const schedule = await exported(stop.id);
    const [sent, got] = [programmeOf(file), programmeOf(schedule)];
    const right = new Map([...sent].filter(([key]) => got.has(key)));
    expect(got.size).toBe(talksExpected);
    expect([...got.keys()].toSorted()).toEqual([...right.keys()].toSorted());
    for (const [key, talk] of got) expect([key, talk]).toEqual([key, right.get(key)]);
    expect(schedule.schedule.conference).toMatchObject({ daysCount: 5, time_zone_name: 'Asia/Shanghai' });
    expect(schedule.schedule.base_url).toBe(`${system.url}/v1/stops/${stop.id}/timetable`);
    const calendar = await anyone.get(`/v1/stops/${stop.id}/timetable.ics`);
    expect([calendar.status, String(calendar.body).match(/BEGIN:VEVENT/g)?.length]).toEqual([
      200,
      talksExpected,
    ]);
  });

  it('is created once, however often it comes', async () => {
    const again = await importInto(stop.id, file, '?align=start&refused=skip');
    expect(again.body).toMatchObject({
      created: 0,
      unchanged: talksExpected,
      refused: refused.length,
      rooms: [],
    });
    const repeated = await importInto(stop.id, file, '?align=start&refused=skip', {
      'idempotency-key': 'conference',
    });
    expect(repeated.headers.get('idempotency-replayed')).toBe('true');
    expect(repeated.body).toEqual(first.body);
    const other = await importInto(stop.id, file, '', { 'idempotency-key': 'conference' });
    expect(other.body.code).toBe('idempotency.key_reused');
    const own = await must(anyone.get(`/v1/stops/${stop.id}/schedule.json`));
    expect((await importInto(stop.id, own)).body).toMatchObject({ created: 0, unchanged: talksExpected });
  });

  it('differs in nothing from its own exports, nor from itself', async () => {
    const json = await must(anyone.get(`/v1/stops/${stop.id}/schedule.json`));
    const xml = (await anyone.get(`/v1/stops/${stop.id}/schedule.xml`)).body;
    // Those that had no place are missing.
    const missingOfFile = refused.filter((code) => code.startsWith('session.')).length;
    const files: [unknown, string, Record<string, string>, number][] = [
      [json, '', {}, 0],
      [xml, '', asXml, 0],
      [file, '&align=start&refused=skip', {}, missingOfFile],
    ];
    for (const [body, query, headers, missing] of files) {
      const compared = await importInto(stop.id, body, `?existing=compare${query}`, headers);
      const changed = compared.body.results.filter(({ changes }: Answer['body']) => changes !== undefined);
      expect(changed).toEqual([]);
      expect(compared.body).toMatchObject({ unchanged: talksExpected, missing, created: 0, kept: 0 });
      const updated = await importInto(stop.id, body, `?existing=update${query}`, headers);
      expect(updated.body).toMatchObject({ unchanged: talksExpected, updated: 0, created: 0, kept: 0 });
    }
  });

  it('goes from one stop to another as XML', async () => {
    const xml = await anyone.get(`/v1/stops/${stop.id}/schedule.xml`);
    expect(xml.headers.get('content-type')).toMatch(/^application\/xml/);
    const next = await stopOn(60);
    const answer = await importInto(next.id, xml.body, '?align=start&atomic=true', asXml);
    expect(answer.body).toMatchObject({ created: talksExpected, refused: 0 });
    const [here, there] = [
      await must(anyone.get(`/v1/stops/${stop.id}/schedule.json`)),
      await exported(next.id),
    ];
    const withoutDate = (talks: Map<string, Talk>) =>
      [...talks].map(([key, talk]) => [key, { ...talk, day: null }]);
    expect(withoutDate(programmeOf(there))).toEqual(withoutDate(programmeOf(here)));
  });
});

describe('a schedule', () => {
  it('is compared before anything is made, with what could not have its place', async () => {
    const stop = await stopOn(95);
    const events = [entry(1), entry(2, { date: '2019-08-21T11:10:00+02:00' }), entry(3)];
    const compared = await importInto(stop.id, smallFile(events), '?align=start&existing=compare');
    expect(compared.body).toMatchObject({ missing: 3, kept: 0, created: 0, rooms: [] });
    expect(compared.body.results.map(({ code }: { code: string | null }) => code)).toEqual([
      null,
      'session.room_conflict',
      null,
    ]);
    const [, second] = compared.body.results;
    expect(second).toMatchObject({ result: 'missing', conflicts: [{ sessionId: null, id: '1' }] });
    const imported = await importInto(stop.id, smallFile(events), '?align=start');
    expect(imported.body).toMatchObject({ created: 2, kept: 1 });
  });

  it('is refused whole with atomic, and leaves nothing behind', async () => {
    const stop = await stopOn(90);
    const events = [entry(1), entry(2, { date: '2019-08-21T11:10:00+02:00' }), entry(3)];
    const { status, body } = await importInto(stop.id, smallFile(events), '?align=start&atomic=true');
    expect([status, body.code]).toEqual([409, 'session.room_conflict']);
    expect(body.results.map(({ result }: { result: string }) => result)).toEqual([
      'held_back',
      'refused',
      'held_back',
    ]);
    expect(body.results[1].conflicts).toMatchObject([{ sessionId: null, id: '1' }]);
    expect((await must(organizer.get(`/v1/stops/${stop.id}/sessions`))).items).toEqual([]);
    expect((await must(organizer.get(`/v1/stops/${stop.id}`))).rooms).toEqual([]);
    const clean = smallFile([entry(1), entry(3)]);
    expect((await importInto(stop.id, clean, '?align=start&atomic=true')).body).toMatchObject({ created: 2 });
    expect((await must(organizer.get(`/v1/stops/${stop.id}`))).rooms).toMatchObject([
      { name: { en: 'Hall 1' }, seats: 10 },
    ]);
  });

  it('finds its rooms by name, and what is there already in its way', async () => {
    const stop = await stopOn(100, { rooms: [{ name: { zh: '一号厅', en: 'Hall 1' }, seats: 40 }] });
    const talk = await must(organizer.post(`/v1/stops/${stop.id}/sessions`, aSession()));
    await must(
      organizer.post(`/v1/sessions/${talk.id}/schedule`, {
        roomId: stop.rooms[0].id,
        startsAt: tenOn(100, 1),
      }),
    );
    const { body } = await importInto(stop.id, smallFile([entry(1), entry(2)]), '?align=start&refused=skip');
    expect(body.rooms).toEqual([]);
    expect(body.results).toMatchObject([
      {
        result: 'refused',
        code: 'session.room_conflict',
        conflicts: [{ sessionId: talk.id, title: talk.title }],
      },
      { result: 'created', id: '2', room: 'Hall 1', startsAt: tenOn(100, 2), detail: null, conflicts: [] },
    ]);
    const made = await must(organizer.get(`/v1/sessions/${body.results[1].sessionId}`));
    expect(made).toMatchObject({
      status: 'scheduled',
      roomId: stop.rooms[0].id,
      companyId: null,
      version: 1,
    });
    expect(Object.keys(made).at(-1)).toBe('version');
    await must(organizer.post(`/v1/sessions/${talk.id}/cancel`));
    expect(
      (await importInto(stop.id, smallFile([entry(1), entry(2)]), '?align=start&refused=skip')).body,
    ).toMatchObject({
      created: 1,
      unchanged: 1,
    });
  });

  it('keeps what can not have its place, with the reason, and does not keep it twice', async () => {
    const stop = await stopOn(140, { rooms: [{ name: { zh: '主 厅' }, seats: 40 }] });
    const clash = { date: '2019-08-21T11:10:00+02:00' };
    const homeless = { room: null };
    const file = smallFile([entry(1), entry(2, clash), entry(3, { date: '2020-08-21T11:00:00+02:00' })]);
    const { body } = await importInto(stop.id, file, '?align=start');
    expect(body).toMatchObject({ created: 1, kept: 2, refused: 0, unchanged: 0 });
    expect(body.results.map(({ result, code }: Answer['body']) => [result, code])).toEqual([
      ['created', null],
      ['kept', 'session.room_conflict'],
      ['kept', 'session.outside_stop'],
    ]);
    const kept = await must(organizer.get(`/v1/sessions/${body.results[1].sessionId}`));
    expect(kept).toMatchObject({ status: 'accepted', roomId: null, reason: body.results[1].detail });
    const again = await importInto(stop.id, file, '?align=start');
    expect(again.body).toMatchObject({ created: 0, kept: 0, unchanged: 3 });
    const whole = await importInto(
      stop.id,
      smallFile([entry(4), entry(5, homeless)]),
      '?align=start&atomic=true',
    );
    expect(whole.body).toMatchObject({ created: 2 });
  });

  it('takes over what changed in the file, and leaves released timetables as they are', async () => {
    const stop = await stopOn(160);
    const path = `/v1/stops/${stop.id}/schedule.json`;
    const before = smallFile([entry(1, { logo: 'old.png' }), entry(2), entry(3)]);
    const { results } = (await importInto(stop.id, before, '?align=start')).body;
    const [first, second, third] = results.map(({ sessionId }: Answer['body']) => sessionId);
    const shown = await exported(stop.id);
    await must(organizer.patch(`/v1/sessions/${first}`, { track: 'Ours' }));
    const newer = smallFile([
      entry(1, { logo: 'new.png', title: 'Another title' }),
      entry(2, { date: '2019-08-21T15:00:00+02:00', room: 'Hall 2' }),
      entry(3),
      entry(4),
    ]);
    const compared = await importInto(stop.id, newer, '?align=start&existing=compare');
    expect(compared.body).toMatchObject({ unchanged: 3, missing: 1, created: 0, updated: 0, rooms: [] });
    expect(compared.body.results).toMatchObject([
      {
        result: 'unchanged',
        sessionId: first,
        changes: [
          { field: 'title', from: 'Entry 1', to: 'Another title' },
          { field: 'track', from: 'Ours', to: null },
          { field: 'logo', from: 'old.png', to: 'new.png' },
        ],
      },
      {
        changes: [
          { field: 'room', from: 'Hall 1', to: 'Hall 2' },
          { field: 'startsAt', to: tenOn(160, 5) },
        ],
      },
      { result: 'unchanged' },
      { result: 'missing', id: '4', sessionId: null },
    ]);
    expect((await must(organizer.get(`/v1/stops/${stop.id}/sessions`))).items).toHaveLength(3);
    const updated = await importInto(stop.id, newer, '?align=start&existing=update');
    expect(updated.body).toMatchObject({ created: 1, updated: 2, unchanged: 1, kept: 0 });
    expect(updated.body.rooms).toMatchObject([{ name: { en: 'Hall 2' } }]);
    expect(await must(organizer.get(`/v1/sessions/${first}`))).toMatchObject({
      title: { en: 'Another title' },
      track: 'Ours',
      version: 3,
    });
    expect(await must(organizer.get(`/v1/sessions/${second}`))).toMatchObject({
      startsAt: tenOn(160, 5),
      roomId: updated.body.rooms[0].id,
    });
    expect(await must(organizer.get(`/v1/sessions/${third}`))).toMatchObject({ version: 1 });
    expect(await must(anyone.get(path))).toEqual(shown);
    const next = await exported(stop.id);
    expect(JSON.stringify(next)).toContain('new.png');
    expect(JSON.stringify(next)).not.toContain('old.png');
    const audit = await must(organizer.get(`/v1/audit?resourceType=session&resourceId=${first}`));
    expect(audit.items.map(({ action }: Answer['body']) => action)).toContain('session.update_by_import');
  });

  it('updates all or nothing with atomic', async () => {
    const stop = await stopOn(170);
    await must(importInto(stop.id, smallFile([entry(1), entry(2)]), '?align=start'));
    const onto = smallFile([entry(1, { title: 'New' }), entry(2, { date: '2019-08-21T11:10:00+02:00' })]);
    const { status, body } = await importInto(stop.id, onto, '?align=start&existing=update&atomic=true');
    expect([status, body.code]).toEqual([409, 'session.room_conflict']);
    expect(body.results.map(({ result }: Answer['body']) => result)).toEqual(['held_back', 'refused']);
    const skipped = await importInto(stop.id, onto, '?align=start&existing=update&refused=skip');
    expect(skipped.body).toMatchObject({ updated: 1, refused: 1 });
    const { items } = await must(organizer.get(`/v1/stops/${stop.id}/sessions`));
    expect(items.map(({ title, status: one }: Answer['body']) => [title.en, one])).toEqual([
      ['New', 'scheduled'],
      ['Entry 2', 'scheduled'],
    ]);
    const kept = await importInto(stop.id, onto, '?align=start&existing=update');
    expect(kept.body).toMatchObject({ unchanged: 1, kept: 1 });
    expect((await importInto(stop.id, onto, '?existing=replace')).status).toBe(422);
  });

  it('finds rooms whose names are nearly equal, and makes the others in the order of the file', async () => {
    const stop = await stopOn(150, { rooms: [{ name: { zh: '主 厅' }, seats: 40 }] });
    const at = (hour: number, id: number) => ({
      id,
      title: `Entry ${id}`,
      date: `2019-08-21T${hour}:00:00+02:00`,
      duration: '00:30',
    });
    const rooms = `{"主厅":[${JSON.stringify(at(10, 1))}],"302":[${JSON.stringify(at(10, 2))}],"101":[${JSON.stringify(
      at(10, 3),
    )}],"B厅":[${JSON.stringify(at(10, 4))}],"b 厅":[${JSON.stringify(at(11, 5))}]}`;
    const text = `{"schedule":{"conference":{"acronym":"rooms","days":[{"index":1,"date":"2019-08-21","rooms":${rooms}}]}}}`;
    const { body } = await importInto(stop.id, text, '?align=start');
    expect(body).toMatchObject({ created: 5, kept: 0 });
    expect(body.results.map(({ id }: Answer['body']) => id)).toEqual(['1', '2', '3', '4', '5']);
    expect(body.rooms.map(({ name }: Answer['body']) => name.zh ?? name.en)).toEqual(['302', '101', 'B厅']);
    await must(organizer.post(`/v1/stops/${stop.id}/timetable/releases`));
    const raw = await fetch(`${system.url}/v1/stops/${stop.id}/schedule.json`);
    const shown = /"days":\[\{.*?"rooms":\{(.*)/u.exec(await raw.text())?.[1] ?? '';
    const names = ['主 厅', '302', '101', 'B厅'];
    expect(names.toSorted((a, b) => shown.indexOf(`"${a}":`) - shown.indexOf(`"${b}":`))).toEqual(names);
  });

  it('that comes twice at once is created once', async () => {
    const stop = await stopOn(110);
    const file = smallFile([entry(1), entry(2), entry(3)]);
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => importInto(stop.id, file, '?align=start')),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(answers.reduce((sum, { body }) => sum + body.created, 0)).toBe(3);
    expect((await must(organizer.get(`/v1/stops/${stop.id}`))).rooms).toHaveLength(1);
  });

  it('is public once it is released, with an ETag that changes with it', async () => {
    const stop = await stopOn(120);
    const path = `/v1/stops/${stop.id}/schedule.json`;
    await must(importInto(stop.id, smallFile([entry(1)]), '?align=start'));
    expect((await anyone.get(path)).status).toBe(404);
    await exported(stop.id);
    const etag = (await anyone.get(path)).headers.get('etag') ?? '';
    expect((await anyone.get(path, { 'if-none-match': etag })).status).toBe(304);
    await must(importInto(stop.id, smallFile([entry(2)]), '?align=start'));
    expect((await anyone.get(path)).headers.get('etag')).toBe(etag);
    await exported(stop.id);
    expect((await anyone.get(path, { 'if-none-match': etag })).status).toBe(200);
    expect((await anyone.get(`${path}?baseUrl=http://example.org`)).status).toBe(422);
  });
});

/** The client of the other tests sends text alone. */
async function bytesInto(stopId: string, bytes: Buffer): Promise<Answer['body']> {
  const answer = await fetch(`${system.url}/v1/stops/${stopId}/sessions/import?align=start`, {
    method: 'POST',
    headers: { ...asXml, authorization: `Bearer ${system.organizerKey}` },
    body: new Uint8Array(bytes),
  });
  return (await answer.json()) as Answer['body'];
}

describe('a file in an older encoding', () => {
  const event = (id: number, title: string, links = '') =>
    `<event id="${id}"><date>2019-08-21T1${id}:00:00+02:00</date><duration>00:30</duration><title>${title}</title>${links}</event>`;
  const file = (encoding: string, ...events: string[]) =>
    Buffer.from(
      `<?xml version="1.0" encoding="${encoding}"?><schedule><conference><acronym>old</acronym></conference>` +
        `<day date="2019-08-21"><room name="Hall 1">${events.join('')}</room></day></schedule>`,
      'latin1',
    );

  it('keeps every character, and what is none in the encoding is named where it stands', async () => {
    const stop = await stopOn(180);
    const windows = file('windows-1252', event(1, '10 \x80, don\x92t'), event(2, 'not \x81 one'));
    const { results } = await bytesInto(stop.id, windows);
    expect(results).toMatchObject([
      { title: '10 €, don’t', detail: null },
      { title: 'not \uFFFD one', detail: 'Some of its characters can not be decoded and show as \uFFFD.' },
    ]);
    const utf8 = file(
      'utf-8',
      event(3, 'a \xe9 b', '<links><link href="javascript:x">x</link><link>y</link></links>'),
    );
    const [result] = (await bytesInto(stop.id, utf8)).results;
    expect(result).toMatchObject({ result: 'created', title: 'a \uFFFD b' });
    expect(result.detail).toBe(
      'Some of its characters can not be decoded and show as \uFFFD. A link without an address is left out. ' +
        'Left out: the link “javascript:x”.',
    );
  });
});

describe('a file that is none', () => {
  let stop: Answer['body'];
  beforeAll(async () => {
    stop = await stopOn(130);
  });
  const unknownEncoding = '<?xml version="1.0" encoding="klingon"?><schedule/>';

  it.each([
    ['JSON that is none', '{"schedule":', {}, 400, 'request.malformed'],
    ['nothing', '', {}, 400, 'request.malformed'],
    ['XML that is none', '<schedule><day>', asXml, 400, 'request.malformed'],
    [
      'XML that defines entities',
      '<!DOCTYPE s [<!ENTITY a "b">]><schedule/>',
      asXml,
      400,
      'request.malformed',
    ],
    ['an encoding that nobody knows', unknownEncoding, asXml, 400, 'request.malformed'],
    ['JSON with no schedule', '[1]', {}, 422, 'request.invalid'],
    ['XML with no schedule', '<rss/>', asXml, 422, 'request.invalid'],
    [
      'a calendar',
      'BEGIN:VCALENDAR',
      { 'content-type': 'text/calendar' },
      415,
      'request.unsupported_media_type',
    ],
    ['a media type that is none', '{}', { 'content-type': 'json' }, 415, 'request.unsupported_media_type'],
    ['more than 8 MiB', ' '.repeat(8 * 1024 * 1024 + 1), {}, 413, 'request.too_large'],
  ])('is refused: %s', async (_what, body, headers, status, code) => {
    const answer = await importInto(stop.id, body, '', headers as Record<string, string>);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    // The words are of files, not of the JSON that is sent elsewhere.
    if (status === 415) expect(answer.body.detail).toMatch(/^Send the file as one of .*application\/xml/);
  });

  it('may be larger than other bodies', async () => {
    const padded = JSON.stringify(smallFile([entry(1)])) + ' '.repeat(7 * 1024 * 1024);
    expect((await importInto(stop.id, padded, '?align=start')).body).toMatchObject({ created: 1 });
  });

  it('belongs to an organizer of the stop', async () => {
    const path = `/v1/stops/${stop.id}/sessions/import`;
    const file = smallFile([entry(1)]);
    const { apiKey } = await must(
      anyone.with(system.adminKey).post('/v1/organizations', { name: { en: 'Other' } }),
    );
    expect((await anyone.post(path, file)).status).toBe(401);
    expect((await (await signUpCompany(anyone)).api.post(path, file)).status).toBe(403);
    expect((await anyone.with(apiKey).post(path, file)).status).toBe(404);
    expect((await importInto(stop.id, file, '?align=end')).status).toBe(422);
    await must(organizer.post(`/v1/stops/${stop.id}/cancel`, { reason: '天气' }));
    expect((await importInto(stop.id, file)).body.code).toBe('stop.cancelled');
  });
});
