import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiClient, must, publishedStop, type Answer } from '../../support/client.js';
import { Mailbox } from '../../support/mailbox.js';
import { eventually } from '../../support/npm-start.js';
import { startSystem, type RunningSystem } from '../../support/system.js';
import { filesWith, metricsWith, tablesWith } from './traces.js';

type Body = Answer['body'];

const email = 'menschq@example.com';
const name = '示例menschq';
const words = [email, name];
const keepsq = 'bleibtq@example.com';

let system: RunningSystem;
let organizer: ApiClient;
let mails: Mailbox;
let person: ApiClient;
let stop: Body;
/** What signs somebody in: it stands nowhere but in mails, answers and cookies. */
const secrets: string[] = [];

beforeAll(async () => {
  system = await startSystem({
    logLevel: 'trace',
    mailCatcher: true,
    env: { TRUSTED_PROXIES: '127.0.0.1' },
  });
  ApiClient.isPatient = true;
  const anyone = new ApiClient(system.url);
  organizer = anyone.with(system.organizerKey);
  mails = new Mailbox(anyone, system.mailPageUrl ?? '');
  stop = await publishedStop(organizer);
  await must(organizer.post('/v1/members', { email: keepsq }));
  const keeper = await mails.enter(keepsq);
  await must(organizer.post('/v1/members', { email }, { 'idempotency-key': 'invite-once' }));
  const { link, code, asking } = await mails.ask(email);
  const signedIn = await anyone.post(
    '/v1/sign-in',
    { email, code },
    { cookie: asking, 'idempotency-key': 'sign-in-once' },
  );
  const cookie = signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  person = anyone.withCookie(cookie);
  await must(person.patch('/v1/me', { name }));
  await must(person.post('/v1/tours', { name: { en: 'Tour of a person' } }));
  const pass = await must(person.post(`/v1/stops/${stop.id}/door-passes`, { label: 'door' }));
  const open = await mails.ask(email);
  secrets.push(
    ...[link, open.link, pass.url].map((url) => url.split('#')[1] ?? ''),
    ...[cookie, asking, open.asking, keeper].map((set) => set.split('=')[1] ?? ''),
  );
});

afterAll(() => system?.stop());

describe('what is held of a person', () => {
  it('stands where it is needed and nowhere else', async () => {
    expect(await tablesWith(system, words)).toEqual([
      'accounts.idempotency',
      'accounts.sign_in_codes',
      'accounts.users',
    ]);
    expect(filesWith(system, 'logs', words)).toEqual([]);
    expect(filesWith(system, 'nats', words)).toEqual([]);
    expect(await metricsWith(system, words)).toEqual([]);
  });

  it('is given to the person as one document, and to nobody else', async () => {
    const { status, body } = await person.get('/v1/me/export');
    expect(status).toBe(200);
    expect(body.me).toMatchObject({ role: 'organizer', user: { email, name }, keyId: null });
    expect(body.signIns).toMatchObject([{ current: true }]);
    const other = await organizer.get('/v1/me/export');
    expect(JSON.stringify(other.body)).not.toContain(email);
  });

  it('is named in the audit by an id alone', async () => {
    const { user } = await must(person.get('/v1/me'));
    const { items } = await must(organizer.get('/v1/audit?resourceType=tour&limit=200'));
    const line = items.find(({ after }: Body) => after?.name?.en === 'Tour of a person');
    expect(line.actor).toEqual({ role: 'organizer', keyId: null, userId: user.id });
    expect(JSON.stringify(items)).not.toContain(email);
  });
});

it('a request of a person is in the log by the person’s id, and by no key', async () => {
  const requestId = randomUUID();
  const { user } = await must(person.get('/v1/me', { 'x-request-id': requestId }));
  const lines = () =>
    readFileSync(join(system.dataDir, 'logs', 'gateway.log'), 'utf8')
      .split('\n')
      .filter((line) => line.includes(requestId) && line.includes('"answered"'))
      .map((line) => JSON.parse(line) as Body);
  await eventually('the line', () => lines().length > 0);
  expect(lines()).toMatchObject([{ route: '/v1/me', userId: user.id, keyId: null }]);
});

it('secrets that sign somebody in stand in no table, no log, no event and no metric', async () => {
  expect(secrets.every((secret) => secret.length === 43)).toBe(true);
  expect(await tablesWith(system, secrets)).toEqual([]);
  expect(filesWith(system, 'logs', secrets)).toEqual([]);
  expect(filesWith(system, 'nats', secrets)).toEqual([]);
  expect(await metricsWith(system, secrets)).toEqual([]);
  // The search would have found what is there.
  expect(await tablesWith(system, [stop.id])).toContain('accounts.door_passes');
});

describe('a member who was removed', () => {
  let userId: string;

  beforeAll(async () => {
    userId = (await must(person.get('/v1/me'))).user.id;
    const { items } = await must(organizer.get('/v1/members'));
    const member = items.find((one: Body) => one.email === email);
    await must(organizer.delete(`/v1/members/${member.id}`));
    // The gateway learns of it a moment later.
    await eventually('the end of the sign-in', async () => (await person.get('/v1/me')).status !== 200);
  });

  it('is nobody any more: no row, no answer, no sign-in', async () => {
    expect((await person.get('/v1/me')).status).toBe(401);
    expect(await tablesWith(system, words)).toEqual([]);
    const again = await organizer.post('/v1/members', { email }, { 'idempotency-key': 'invite-once' });
    expect(JSON.stringify(again.body)).not.toContain(name);
  });

  it('is named in the audit as before', async () => {
    const { items } = await must(organizer.get('/v1/audit?resourceType=tour&limit=200'));
    expect(items.some(({ actor }: Body) => actor.userId === userId)).toBe(true);
    const { items: lines } = await must(organizer.get('/v1/audit?resourceType=member&limit=200'));
    expect(lines.map(({ action }: Body) => action)).toEqual(
      expect.arrayContaining(['member.invite', 'member.join', 'member.remove']),
    );
    expect(JSON.stringify(lines)).not.toContain(email);
  });
});
