import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { databaseServiceNames } from '#contracts';
import { StreamReader } from '../../../apps/gateway/src/testing/stream-reader.js';
import { mainOf } from '../../../tools/dev/system/main-of.js';
import { ApiClient, aSession, must, newUscc, publishedStop, type Answer } from '../../support/client.js';
import { eventually } from '../../support/npm-start.js';
import { startSystem, type RunningSystem } from '../../support/system.js';
import { Outside } from './outside.js';
import { filesWith, metricsWith, tablesWith, textsOfWorkbook } from './traces.js';

type Body = Answer['body'];

/** Somebody whose every detail is a word that stands nowhere else. */
function person(word: string, mobile: string) {
  return { name: `示例${word}`, email: `${word}@example.com`, mobile, jobTitle: `职务${word}` };
}
const wordsOf = ({ name, email, mobile, jobTitle }: ReturnType<typeof person>): string[] => [
  name,
  email,
  mobile,
  jobTitle,
];

const contact = person('kontaktq', '+8613900000001');
const first = person('ersteq', '+8613900000002');
const second = person('zweiteq', '+8613900000003');
const substitute = person('ersatzq', '+8613900000004');
const speaker = person('rednerq', '+8613900000005');
const guest = person('gastq', '+8613900000006');
const speakerDraft = { name: speaker.name, email: speaker.email, jobTitle: speaker.jobTitle };
const people = [contact, first, second, substitute, speaker, guest];
const everyWord = people.flatMap(wordsOf);
const retentionDays = 30;

let system: RunningSystem;
let outside: Outside;
let stream: StreamReader;
let organizer: ApiClient;
let company: ApiClient;
let stranger: ApiClient;
let stop: Body;
let registration: Body;
let session: Body;
const keyed = { 'idempotency-key': 'register-once' };
const registering = () =>
  company.post(`/v1/stops/${stop.id}/registrations`, { delegates: [first, second] }, keyed);
const scanning = (badge: string) =>
  organizer.post(`/v1/stops/${stop.id}/check-ins`, { badge }, { 'idempotency-key': `scan-${badge}` });
let badges: string[];

beforeAll(async () => {
  outside = await Outside.start();
  const { host, hostname } = new URL(outside.url);
  system = await startSystem({
    logLevel: 'trace',
    mailCatcher: true,
    env: { RETENTION_DAYS: String(retentionDays), EGRESS_ALLOW: `${hostname}/32`, BOT_HOSTS: host },
  });
  ApiClient.isPatient = true;
  const anyone = new ApiClient(system.url);
  organizer = anyone.with(system.organizerKey);
  const types = ['company.*', 'stop.*', 'registration.*', 'session.*', 'timetable.*', 'check_in.*'];
  await must(organizer.post('/v1/webhooks', { url: `${outside.url}/hook`, types }));
  await must(
    organizer.post('/v1/bots', { kind: 'feishu', url: `${outside.url}/robot`, types, language: 'zh' }),
  );
  stream = await StreamReader.open(`${system.url}/v1/events/stream`, {
    authorization: `Bearer ${system.organizerKey}`,
  });
  const signUp = async (who: ReturnType<typeof person>, key: string) => {
    const { jobTitle: _, ...reached } = who;
    const draft = { name: { en: 'Example Company' }, uscc: newUscc(), contact: reached };
    return anyone.with((await must(anyone.post('/v1/companies', draft, { 'idempotency-key': key }))).apiKey);
  };
  company = await signUp(contact, 'sign-up-once');
  stranger = await signUp(guest, 'sign-up-another');
  stop = await publishedStop(organizer);
  registration = await must(registering());
  badges = registration.delegates.map(({ badge }: Body) => badge);
  await must(scanning(badges[0] ?? ''));
  session = await must(
    company.post(`/v1/stops/${stop.id}/sessions`, aSession({ speakers: [speakerDraft] }), {
      'idempotency-key': 'propose-once',
    }),
  );
  await must(organizer.post(`/v1/sessions/${session.id}/accept`));
  const [room] = stop.rooms;
  await must(
    organizer.post(`/v1/sessions/${session.id}/schedule`, { roomId: room.id, startsAt: stop.startsAt }),
  );
  await must(organizer.post(`/v1/stops/${stop.id}/timetable/releases`));
  const [one] = registration.delegates;
  await eventually('the sign-up', async () => {
    const { status } = await company.post(`/v1/sessions/${session.id}/signups`, { delegateIds: [one.id] });
    return status === 201;
  });
  await must(stranger.post(`/v1/stops/${stop.id}/registrations`, { delegates: [guest] }));
  const refused = { delegates: [{ ...guest, email: `not ${guest.email}` }] };
  expect((await stranger.post(`/v1/stops/${stop.id}/registrations`, refused)).status).toBe(422);
  await mailed([contact, first, second, speaker]);
});

/** Waits until each of them has a mail: notifications has had all their details in its hands then. */
async function mailed(everybody: readonly { email: string }[]): Promise<void> {
  const client = new pg.Client({ connectionString: system.databaseUrl('notifications') });
  await client.connect();
  try {
    await eventually(
      'a mail to each',
      async () => {
        // What would wait a minute, or for the morning, is due now.
        await client.query(
          `UPDATE mail_topics SET due_at = now() WHERE due_at > now() AND family NOT LIKE 'reminder%'`,
        );
        await client.query(`UPDATE notices SET due_at = now() WHERE state = 'planned' AND due_at > now()`);
        const mails = (await (await fetch(`${system.mailPageUrl}/mails.json`)).json()) as { to: string[] }[];
        return everybody.every(({ email }) => mails.some(({ to }) => to.includes(email)));
      },
      90_000,
    );
  } finally {
    await client.end();
  }
}

afterAll(async () => {
  stream?.close();
  await system?.stop();
  await outside?.stop();
});

const pathOf = (index: number, action = '') =>
  `/v1/registrations/${registration.id}/delegates/${registration.delegates[index].id}${action}`;

/** Everything that anybody can be shown of the stop's delegates. */
async function shownToAnybody(): Promise<string> {
  const reads = [
    organizer.get(`/v1/stops/${stop.id}/registrations`),
    organizer.get(`/v1/stops/${stop.id}/registrations.csv`),
    organizer.get(`/v1/registrations/${registration.id}`),
    organizer.get(`/v1/stops/${stop.id}/attendance`),
    organizer.get(`/v1/sessions/${session.id}/signups`),
    organizer.get('/v1/audit?limit=200'),
    company.get('/v1/companies/me/export'),
    company.get(`/v1/stops/${stop.id}/registrations`),
  ];
  const workbook = await fetch(`${system.url}/v1/stops/${stop.id}/registrations.xlsx`, {
    headers: { authorization: `Bearer ${system.organizerKey}` },
  });
  const texts = (await Promise.all(reads)).map(({ body }) => JSON.stringify(body));
  return [...texts, textsOfWorkbook(Buffer.from(await workbook.arrayBuffer()))].join('\n');
}

function foundIn(text: string, words: readonly string[]): string[] {
  return words.filter((word) => text.includes(word));
}

/** Tells everything again, as an operator does after a loss, and waits until it has gone round. */
async function replay(): Promise<void> {
  await Promise.all(
    databaseServiceNames.map((service) =>
      promisify(execFile)(process.execPath, [mainOf(service), 'replay'], {
        env: { ...process.env, DATABASE_URL: system.databaseUrl(service) },
      }),
    ),
  );
  await sleep(2_500);
}

describe('personal data', () => {
  it('leave the system by no webhook, chat robot or stream, though these tell of all that happened', async () => {
    const types = ['registration.confirmed', 'check_in.recorded', 'session.scheduled', 'timetable.released'];
    await eventually('everything to be sent outside', () => {
      const hooks = outside.requests.filter((one) => one.startsWith('/hook')).join('\n');
      const robot = outside.requests.filter((one) => one.startsWith('/robot')).join('\n');
      const streamed = stream.events.map(({ data }) => data.type);
      return (
        types.every((type) => hooks.includes(type) && streamed.includes(type)) && robot.includes('报名成功')
      );
    });
    const log = await must(organizer.get('/v1/events?limit=200'));
    const all = [...outside.requests, JSON.stringify(stream.events), JSON.stringify(log)].join('\n');
    expect(foundIn(all, everyWord)).toEqual([]);
    expect(foundIn(all, badges)).toEqual([]);
  });

  it('stand where they are needed and nowhere else', async () => {
    expect(await tablesWith(system, everyWord)).toEqual([
      'accounts.companies',
      'accounts.idempotency',
      'registrations.delegates',
      'registrations.idempotency',
      'sessions.idempotency',
      'sessions.sessions',
      'sessions.speaker_bookings',
      'sessions.timetable_releases',
    ]);
    // A release is public: of its speakers it holds name, organization and job title.
    expect(await tablesWith(system, [speaker.email])).not.toContain('sessions.timetable_releases');
  });

  it('never get into logs, events or metrics', async () => {
    expect(filesWith(system, 'logs', everyWord)).toEqual([]);
    expect(filesWith(system, 'nats', everyWord)).toEqual([]);
    expect(await metricsWith(system, everyWord)).toEqual([]);
    // The search would have found what is there: ids are.
    expect(
      filesWith(system, 'logs', [stop.id]).length + filesWith(system, 'nats', [stop.id]).length,
    ).toBeGreaterThan(0);
    expect(filesWith(system, 'logs', ['"level"']).length).toBeGreaterThanOrEqual(5);
  });

  it('are given to their company as one document, and to no other', async () => {
    const { status, body } = await company.get('/v1/companies/me/export');
    expect(status).toBe(200);
    expect(body.company.contact).toMatchObject({ name: contact.name, email: contact.email });
    expect(body.apiKeys.map(({ label }: Body) => label)).toEqual(['first key']);
    expect(body.registrations).toHaveLength(1);
    const [held] = body.registrations;
    expect(held.delegates).toMatchObject([
      { ...first, checkedInAt: expect.stringMatching(/Z$/) },
      { ...second, checkedInAt: null },
    ]);
    expect(held.signUps).toMatchObject([{ sessionId: session.id, delegateId: registration.delegates[0].id }]);
    expect(body.sessions).toMatchObject([{ id: session.id, speakers: [speakerDraft] }]);
    expect(foundIn(JSON.stringify(body), wordsOf(guest))).toEqual([]);
    const other = await stranger.get('/v1/companies/me/export');
    expect(foundIn(JSON.stringify(other.body), everyWord).toSorted()).toEqual(wordsOf(guest).toSorted());
    expect((await organizer.get('/v1/companies/me/export')).status).toBe(403);
  });
});

describe('an erased delegate', () => {
  let before: Body;
  let after: Body;

  beforeAll(async () => {
    before = (await organizer.get(`/v1/stops/${stop.id}/attendance`)).body;
    after = await must(company.post(pathOf(0, '/erase')));
  });

  it('is nobody any more, and keeps the seat', () => {
    const [nobody, other] = after.delegates;
    expect(nobody).toEqual({
      id: registration.delegates[0].id,
      name: '—',
      email: `erased-${registration.delegates[0].id}@erased.invalid`,
      mobile: null,
      jobTitle: null,
      language: null,
      badge: null,
    });
    expect(other).toMatchObject(second);
    expect([after.seats, after.status, after.version]).toEqual([2, 'confirmed', registration.version + 1]);
  });

  it('stands in no row of any database, and in no answer', async () => {
    expect(await tablesWith(system, wordsOf(first))).toEqual([]);
    const shown = await shownToAnybody();
    expect(foundIn(shown, wordsOf(first))).toEqual([]);
    expect(foundIn(shown, wordsOf(second))).toEqual(wordsOf(second));
  });

  it('is still counted at the door and in the session', async () => {
    expect((await organizer.get(`/v1/stops/${stop.id}/attendance`)).body).toEqual(before);
    const { body } = await organizer.get(`/v1/sessions/${session.id}/signups`);
    expect(body.items).toMatchObject([{ delegateId: registration.delegates[0].id, name: '—' }]);
  });

  it('is not let in, nor shown a badge', async () => {
    const late = await organizer.post(`/v1/stops/${stop.id}/check-ins`, { badge: badges[0] });
    expect([late.status, late.body.code]).toEqual([409, 'badge.not_valid']);
    expect((await company.get(pathOf(0, '/badge.svg'))).body.code).toBe('badge.not_valid');
  });

  it('does not come back with a repeated request, which still has its answer', async () => {
    for (const again of [await registering(), await scanning(badges[0] ?? '')]) {
      expect(again.headers.get('idempotency-replayed')).toBe('true');
      expect(foundIn(JSON.stringify(again.body), wordsOf(first))).toEqual([]);
      expect(JSON.stringify(again.body)).toContain('"—"');
    }
  });

  it('does not come back with a replay', async () => {
    await replay();
    expect(await tablesWith(system, wordsOf(first))).toEqual([]);
    expect(foundIn(await shownToAnybody(), wordsOf(first))).toEqual([]);
  }, 300_000);

  it('can be erased again, and nothing changes', async () => {
    const again = await must(organizer.post(pathOf(0, '/erase')));
    expect({ ...again, company: after.company }).toEqual(after);
  });

  it('leaves one line of audit, which says of whom and what, but not who', async () => {
    const { body } = await organizer.get(
      `/v1/audit?resourceType=registration&resourceId=${registration.id}&limit=200`,
    );
    const lines = body.items.filter(({ action }: Body) => action === 'registration.erase_delegate');
    expect(lines).toHaveLength(1);
    expect(lines[0].after.changedDelegates).toEqual([
      { delegateId: registration.delegates[0].id, fields: ['name', 'email', 'mobile', 'jobTitle'] },
    ]);
  });

  it('can be followed by somebody else on the seat, who has a badge again', async () => {
    const body = await must(company.patch(pathOf(0), substitute));
    expect(body.delegates[0]).toMatchObject({ ...substitute, badge: expect.stringMatching(/^\w{32}$/) });
    const { body: attendance } = await organizer.get(`/v1/stops/${stop.id}/attendance`);
    expect(attendance.checkedIn).toBe(before.checkedIn - 1);
  });

  it('is for the company and the organizer of the stop alone', async () => {
    expect((await stranger.post(pathOf(1, '/erase'))).status).toBe(404);
    expect((await new ApiClient(system.url).post(pathOf(1, '/erase'))).status).toBe(401);
    const unknown = `/v1/registrations/${registration.id}/delegates/${stop.id}/erase`;
    expect((await company.post(unknown)).status).toBe(404);
    const stale = await company.post(pathOf(1, '/erase'), undefined, { 'if-match': '"1"' });
    expect([stale.status, stale.body.code]).toEqual([412, 'precondition.failed']);
  });

  it('may be one of a cancelled registration', async () => {
    await must(company.post(`/v1/registrations/${registration.id}/cancel`));
    const body = await must(company.post(pathOf(1, '/erase')));
    expect([body.status, body.delegates[1].name]).toEqual(['cancelled', '—']);
    expect(await tablesWith(system, wordsOf(second))).toEqual([]);
  });
});

describe('RETENTION_DAYS after the end of a stop', () => {
  const hours = (days: number) => new Date(Date.now() - days * 24 * 3_600_000).toISOString();

  /** The clock can't be turned, so the end of the stop is. */
  async function endStop(endedAt: string): Promise<void> {
    await change('registrations', 'UPDATE stops SET ends_at = $2 WHERE stop_id = $1', [stop.id, endedAt]);
    await change(
      'sessions',
      `UPDATE stops SET state = state || jsonb_build_object('endsAt', $2::text) WHERE id = $1`,
      [stop.id, endedAt],
    );
  }

  async function change(service: 'registrations' | 'sessions', text: string, values: unknown[]) {
    const client = new pg.Client({ connectionString: system.databaseUrl(service) });
    await client.connect();
    await client.query(text, values);
    await client.end();
  }

  /** A service looks soon after its start, and then every hour. */
  async function startAnew(): Promise<void> {
    for (const service of ['registrations', 'sessions'] as const) system.kill(service, 'SIGTERM');
    await sleep(2_000);
    await eventually('both services', async () => (await fetch(`${system.url}/health/ready`)).ok);
  }

  it('keeps everything as long as the time is not over', async () => {
    await endStop(hours(retentionDays - 1));
    await startAnew();
    await sleep(7_000);
    expect(await tablesWith(system, [guest.email])).toContain('registrations.delegates');
    expect(await tablesWith(system, [speaker.email])).toContain('sessions.sessions');
  }, 300_000);

  it('erases every delegate, and what speakers can be reached by', async () => {
    await endStop(hours(retentionDays + 1));
    await startAnew();
    const gone = [...wordsOf(substitute), guest.email, guest.mobile, guest.jobTitle, speaker.email];
    await eventually(
      'the erasure',
      async () => {
        const tables = await tablesWith(system, gone);
        // The contact of a company is no matter of a stop.
        return tables.every((table) => table.startsWith('accounts.'));
      },
      120_000,
    );
    const { body } = await organizer.get(`/v1/sessions/${session.id}`);
    expect(body.speakers).toEqual([
      { ...speakerDraft, email: null, organization: null, language: null, mayOverlap: false },
    ]);
    const attendance = (await organizer.get(`/v1/stops/${stop.id}/attendance`)).body;
    expect(attendance.expected).toBe(1);
    const { body: audit } = await organizer.get('/v1/audit?resourceType=session&limit=200');
    expect(audit.items.map(({ action }: Body) => action)).toContain('session.erase_contacts');
  });

  it('and nothing of it comes back with a replay', async () => {
    await replay();
    expect(
      (await tablesWith(system, [...wordsOf(substitute), speaker.email])).filter(
        (name) => !name.startsWith('accounts.'),
      ),
    ).toEqual([]);
    expect(filesWith(system, 'logs', everyWord)).toEqual([]);
    expect(filesWith(system, 'nats', everyWord)).toEqual([]);
  }, 300_000);
});

describe('npm start', () => {
  it('has each service work as its own role, and nothing was refused in the whole run', async () => {
    const client = new pg.Client({ connectionString: system.databaseUrl('accounts') });
    await client.connect();
    const { rows } = await client.query(
      `SELECT DISTINCT datname AS database, usename AS role FROM pg_stat_activity
        WHERE application_name = ANY ($1) ORDER BY datname`,
      [databaseServiceNames],
    );
    await client.end();
    expect(rows).toEqual(
      databaseServiceNames.toSorted().map((name) => ({ database: name, role: `waystop_${name}` })),
    );
    const log = (name: string) => readFileSync(join(system.dataDir, 'logs', `${name}.log`), 'utf8');
    expect(log('nats')).not.toMatch(/violation/i);
    expect(log('postgres')).not.toMatch(/permission denied/i);
  });
});
