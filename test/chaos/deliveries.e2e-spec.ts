import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ApiClient, delegates, must, signUpCompany, type SignedUp } from '../support/client.js';
import { eventually } from '../support/npm-start.js';
import { SmtpSink } from '../support/smtp-sink.js';
import { World } from './scenario.js';

let world: World;
let stopId: string;
let companies: SignedUp[];
let server: Server;
let smtp: SmtpSink;
/** What arrived, in its order. */
const received: { id: string; subject: string; version: number; registrationId: string }[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { id, subject, data } = JSON.parse(Buffer.concat(chunks).toString());
      if (data.registrationId !== undefined)
        received.push({ id, subject, version: data.version, registrationId: data.registrationId });
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  smtp = await SmtpSink.start();
  world = await World.start({
    env: {
      EGRESS_ALLOW: '127.0.0.0/8',
      SMTP_URL: smtp.url.href,
      MAIL_FROM: 'Waystop <tour@waystop.test>',
    },
  });
  [stopId = ''] = await world.stops(1, 1_000);
  const anyone = new ApiClient(world.system.url);
  companies = await Promise.all(Array.from({ length: 60 }, () => signUpCompany(anyone)));
  const url = `http://127.0.0.1:${port}/`;
  const { id } = await must(world.organizer.post('/v1/webhooks', { url, types: ['registration.*'] }));
  await eventually('the webhook to be active', async () => {
    const { state } = await must(world.organizer.get(`/v1/webhooks/${id}`));
    return state === 'active';
  });
}, 300_000);

afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await world?.stop();
  await smtp?.stop();
});

/** `npm test` tries one of them, `npm run test:faults` all. */
const all = process.env['FAULTS_TABLE'] !== undefined;
const steps = ['after sending', ...(all ? ['after commit', 'before commit', 'before ack'] : [])];

it.each(steps)(
  'every message arrives, in its aggregate’s order, though notifications is killed %s',
  async (step) => {
    const some = companies.splice(0, 12);
    const death = world.dieAt('notifications', step);
    const registrations: string[] = [];
    for (const { api } of some) {
      const made = await must(api.post(`/v1/stops/${stopId}/registrations`, { delegates: delegates(1) }));
      registrations.push(made.id);
      await must(api.post(`/v1/registrations/${made.id}/delegates`, delegates(1)[0]));
      await must(api.post(`/v1/registrations/${made.id}/cancel`));
    }
    await death;
    await eventually(
      'the last message of each',
      () => registrations.every((id) => versionsOf(id).includes(3)),
      180_000,
      () => JSON.stringify(registrations.map(versionsOf)),
    );
    for (const id of registrations) {
      const seen = new Set<number>();
      const first = versionsOf(id).filter((version) => !seen.has(version) && seen.add(version));
      expect([id, first]).toEqual([id, first.toSorted((one, other) => one - other)]);
    }
  },
  300_000,
);

it.each(['after data', ...(all ? ['before data'] : [])])(
  'a mail arrives, twice at most and under one Message-ID, though notifications is killed %s',
  async (step) => {
    const [one] = companies.splice(0, 1);
    if (one === undefined) throw new Error('There are no companies left.');
    const people = delegates(3);
    const { id } = await must(one.api.post(`/v1/stops/${stopId}/registrations`, { delegates: people }));
    const death = world.dieAt('notifications', step);
    const hurrying = hurry(id);
    await death;
    await endLeases(id);
    await eventually('all mails', () => people.every(({ email }) => smtp.to(email).length > 0), 180_000);
    await eventually('the end of all mails', async () => (await openMails(id)) === 0, 180_000);
    hurrying.stop();
    for (const { email } of people) {
      const copies = Map.groupBy(smtp.to(email), ({ mail }) => mail.subject);
      for (const [subject, mails] of copies) {
        expect([subject, mails.length <= 2]).toEqual([subject, true]);
        expect(new Set(mails.map(({ mail }) => mail.messageId)).size).toBe(1);
      }
    }
  },
  400_000,
);

/** Lets what would wait a minute be due, until it is stopped. */
function hurry(registrationId: string): { stop: () => void } {
  const all = [
    'UPDATE mail_topics SET due_at = now() WHERE id = $1 AND due_at > now()',
    `UPDATE notices SET due_at = now() WHERE registration_id = $1 AND state IN ('planned', 'deferred')`,
  ];
  const timer = setInterval(() => {
    for (const statement of all)
      world.databases.rows('notifications', statement, [registrationId]).catch(() => undefined);
  }, 500);
  return { stop: () => clearInterval(timer) };
}

/** Once, while no process lives that could have a lease: the next one takes over at once what the dead one had begun. */
async function endLeases(registrationId: string): Promise<void> {
  const statement =
    'UPDATE notices SET lease_until = now() WHERE registration_id = $1 AND lease_until > now()';
  await world.databases.rows('notifications', statement, [registrationId]);
}

async function openMails(registrationId: string): Promise<number> {
  const rows = await world.databases.rows(
    'notifications',
    `SELECT 1 FROM notices WHERE registration_id = $1 AND state IN ('planned', 'sending', 'deferred')`,
    [registrationId],
  );
  return rows.length;
}

function versionsOf(registrationId: string): number[] {
  return received.filter((one) => one.registrationId === registrationId).map(({ version }) => version);
}
