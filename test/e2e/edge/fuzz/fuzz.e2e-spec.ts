import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { soon } from '#service/testing/patience';
import { sharedSystem, type SharedSystem } from '../../../support/shared-system.js';
import { World } from '../access/scenario.js';
import { ApiDocument, type JsonSchema } from './document.js';
import { Pool } from './pool.js';
import { requestTo, type Drawn } from './requests.js';
import { Answer, closeConnections, send } from './send.js';

const requests = Number(process.env['FUZZ_REQUESTS'] ?? 1_000);
/** A few requests are the same in every run; many, as in `npm run test:fuzz`, are others each time. */
const anySeed = requests > 1_000 ? Math.floor(Math.random() * 2 ** 31) : 20_261_127;
const seed = Number(process.env['FUZZ_SEED'] ?? anySeed);
/** Requests that are drawn together, and those of them that are under way together. */
const round = 200;
const lanes = 8;
/** A busy machine may answer too late; what is broken answers 503 as often as it is asked. */
const maxRepeats = 3;

interface Finding {
  what: string;
  example: string;
  times: number;
}

let system: SharedSystem;
let document: ApiDocument;
let pool: Pool;
let world: World;
const findings = new Map<string, Finding>();
const statuses = new Map<number, number>();
const reached = new Set<string>();

beforeAll(async () => {
  system = await sharedSystem();
  document = new ApiDocument((await (await fetch(`${system.url}/openapi.json`)).json()) as JsonSchema);
  world = await World.build(system.url, system.adminKey);
  pool = new Pool(world);
});
afterAll(closeConnections);

async function drive(drawn: Drawn): Promise<void> {
  const { operation, request } = drawn;
  try {
    const answer = await sendPatiently(request);
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    if (answer.status >= 500) note(drawn, `${answer.status} ${answer.codeOrType}`, answer.text);
    const isProblem = operation === undefined && answer.status >= 400;
    const fault = isProblem
      ? document.problemFault(request.path, answer)
      : operation && document.faultOf(operation, answer);
    if (fault !== undefined) note(drawn, fault, answer.text);
    if (operation !== undefined && answer.status < 300) reached.add(operation.id);
    if (operation?.method === 'POST' && answer.status < 300 && answer.status !== 204)
      pool.learn(operation.path, answer.json());
  } catch (error) {
    note(drawn, `no answer: ${String(error)}`, '');
  }
}

async function sendPatiently(request: Drawn['request']): Promise<Answer> {
  let answer = await send(system.url, request);
  for (let repeats = 0; answer.status === 503 && repeats < maxRepeats; repeats += 1) {
    await pause(1_000);
    answer = await send(system.url, request);
  }
  return answer;
}

function note({ operation, request, kind }: Drawn, what: string, text: string): void {
  const key = `${operation?.id ?? kind}: ${what}`;
  const found = findings.get(key);
  if (found !== undefined) found.times += 1;
  else {
    const { method, path, headers, body } = request;
    const { authorization: _, ...shown } = headers;
    const sent = `${method} ${path.slice(0, 300)} ${JSON.stringify(shown).slice(0, 300)} ${body?.toString().slice(0, 1_000) ?? ''}`;
    findings.set(key, { what: key, example: `${sent}\n   → ${text.slice(0, 500)}`, times: 1 });
  }
}

/** Several at once, so that requests also meet each other. */
async function driveAll(drawn: Drawn[]): Promise<void> {
  const queue = [...drawn];
  const lane = async () => {
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) await drive(next);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

describe('any request', () => {
  it(
    `gets an answer that the document names, and never a 5xx (${requests} requests, FUZZ_SEED=${seed})`,
    async () => {
      for (let done = 0; done < requests; done += round) {
        await pool.freshen(world);
        const each = document.operations.map((operation) => requestTo(operation, world, pool));
        await driveAll(
          fc.sample(fc.oneof(...each), { numRuns: Math.min(round, requests - done), seed: seed + done }),
        );
      }
      const report = [...findings.values()].map(
        ({ what, example, times }) => `${times} × ${what}\n   ${example}`,
      );
      expect(report.join('\n')).toBe('');
    },
    Math.max(300_000, requests * 60),
  );

  it('reached what lies behind the schemas: many operations succeeded, and many kinds of answers were seen', () => {
    expect(reached.size).toBeGreaterThan(requests >= 10_000 ? 60 : 30);
    for (const status of [200, 201, 400, 401, 403, 404, 409, 422])
      expect([...statuses.keys()]).toContain(status);
  });

  it('would have reported an answer that the document does not name', () => {
    const me = document.operations.find(({ id }) => id === 'getMe');
    if (me === undefined) throw new Error('The document has no getMe.');
    const ids = { organizationId: null, companyId: null, stopId: null, keyId: 'k' };
    const said = { role: 'staff', ...ids, user: null, memberships: [] };
    const headers = { 'content-type': 'application/json', 'x-request-id': 'r' };
    const faultOf = (status: number, body: object, more: object = {}) =>
      document.faultOf(me, new Answer(status, { ...headers, ...more }, JSON.stringify(body)));
    expect(faultOf(200, said)).toBeUndefined();
    expect(faultOf(418, said)).toMatch(/does not document 418/);
    expect(faultOf(200, { ...said, secret: 1 })).toMatch(/additional properties/);
    expect(faultOf(200, { ...said, role: 'king' })).toMatch(/allowed values/);
    expect(faultOf(200, said, { 'x-request-id': undefined })).toMatch(/X-Request-Id/);
    expect(faultOf(401, said, { 'www-authenticate': 'Bearer' })).toMatch(/media type/);
  });

  it('left every process alive and well', async () => {
    await soon(async () => expect((await fetch(`${system.url}/health/ready`)).status).toBe(200));
  });
});
