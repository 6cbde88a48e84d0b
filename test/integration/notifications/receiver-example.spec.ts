import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { signedHeaders, signingKey } from '../../../apps/notifications/src/webhooks/signature.js';
import { freePort } from '../../../tools/dev/system/ports.js';
import { projectRoot } from '../../../tools/dev/system/project-root.js';

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const event = { id: '019b2f5e', type: 'registration.promoted', data: { href: '/v1/registrations/1' } };
const body = JSON.stringify(event);

let folder: string;
let receiver: ChildProcess;
let url: string;
let said = '';

/** The receiver that docs/notifications.md shows, as it stands there. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'waystop-receiver-'));
  const page = readFileSync(join(projectRoot, 'docs', 'notifications.md'), 'utf8');
  const example = /\n```js\n([\s\S]*?)\n```/.exec(page)?.[1];
  if (example === undefined) throw new Error('docs/notifications.md shows no receiver.');
  const file = join(folder, 'receiver.mjs');
  writeFileSync(file, example);
  const port = await freePort();
  url = `http://127.0.0.1:${port}/`;
  const env = { ...process.env, WEBHOOK_SECRET: secret, PORT: String(port) };
  receiver = spawn(process.execPath, [file], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  receiver.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const deadline = Date.now() + 20_000;
  while (
    !(await fetch(url).then(
      () => true,
      () => false,
    ))
  ) {
    if (Date.now() > deadline) throw new Error('The receiver does not start.');
    await pause(50);
  }
});

afterAll(() => {
  receiver.kill();
  rmSync(folder, { recursive: true });
});

const post = (headers: Record<string, string>, text = body) =>
  fetch(url, { method: 'POST', headers, body: text }).then(({ status }) => status);

it('takes what is signed with its secret, also beside another signature, and once', async () => {
  const other = `whsec_${Buffer.alloc(32, 8).toString('base64')}`;
  expect(await post(signedHeaders([signingKey(secret)], { id: event.id, at: new Date(), body }))).toBe(204);
  expect(
    await post(signedHeaders([other, secret].map(signingKey), { id: event.id, at: new Date(), body })),
  ).toBe(204);
  await pause(100);
  expect(said).toBe('registration.promoted /v1/registrations/1\n');
});

it('refuses other secrets, other bodies, old times, and what is not signed', async () => {
  const other = `whsec_${Buffer.alloc(32, 8).toString('base64')}`;
  const signed = signedHeaders([signingKey(secret)], { id: event.id, at: new Date(), body });
  const old = signedHeaders([signingKey(secret)], {
    id: event.id,
    at: new Date(Date.now() - 3_600_000),
    body,
  });
  expect(await post(signedHeaders([signingKey(other)], { id: event.id, at: new Date(), body }))).toBe(401);
  expect(await post(signed, `${body} `)).toBe(401);
  expect(await post(old)).toBe(401);
  expect(await post({})).toBe(401);
});
