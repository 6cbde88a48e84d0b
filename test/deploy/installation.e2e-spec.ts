import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { Broker } from '#messaging';
import { brokerServiceNames, databaseServiceNames } from '#contracts';
import { projectRoot } from '../../tools/dev/system/project-root.js';
import { ApiClient, aSession, delegates, must, publishedStop, signUpCompany } from '../support/client.js';
import { eventually } from '../support/npm-start.js';
import { byCompose } from './by-compose.js';
import { Installation, type Instructions } from './installation.js';
import { settingsInKubernetes } from './kubernetes-settings.js';
import { workloads } from './objects.js';
import { render } from './render.js';

const read = (file: string) => readFileSync(join(projectRoot, file), 'utf8');
const withDatabase = databaseServiceNames;

function byKubernetes(): Instructions {
  const objects = render('overlays/dev');
  return {
    settings: (...words) => {
      const found = workloads(objects)
        .flatMap(({ pod }) => pod.containers.map((container) => ({ pod, container })))
        .find(({ container }) => container.args?.join(' ') === words.join(' '));
      if (found === undefined) throw new Error(`Nothing runs ${words.join(' ')}`);
      return settingsInKubernetes(objects, found.container, found.pod);
    },
    broker: {
      'nats-server.conf': read('k8s/components/dev-stores/nats-server.conf'),
      'users.conf': read('k8s/components/nats-users/users.conf'),
      'nats-keys.conf': read('k8s/overlays/dev/nats-keys.conf'),
    },
  };
}

describe.each([
  ['docker-compose.yml', byCompose()],
  ['k8s/overlays/dev', byKubernetes()],
])('every process, started as %s tells it', (_where, instructions) => {
  const installation = new Installation(instructions);
  beforeAll(() => installation.start());
  afterAll(() => installation.stop());

  it('works with the others: a stop of one is registered for in another, by a company of a third', async () => {
    const organizer = new ApiClient(installation.url, installation.secretOf(['accounts'], 'ORGANIZER_KEY'));
    const stop = await publishedStop(organizer);
    const { api } = await signUpCompany(organizer);
    const registration = await must(
      api.post(`/v1/stops/${stop.id}/registrations`, { delegates: delegates(2) }),
    );
    expect(registration).toMatchObject({ status: 'confirmed', seats: 2 });
    expect((await api.post(`/v1/stops/${stop.id}/sessions`, aSession())).status).toBe(201);
    const { items } = await must(organizer.get('/v1/audit'));
    expect(new Set(items.map(({ action }: { action: string }) => action.split('.')[0]))).toEqual(
      new Set(['company', 'registration', 'session', 'stop', 'tour']),
    );
  });

  it('leaves a line with the id of a request in the log of each that took part, and nothing of debugging', async () => {
    const requestId = randomUUID();
    const organizer = new ApiClient(installation.url, installation.secretOf(['accounts'], 'ORGANIZER_KEY'));
    const answer = await organizer.get('/v1/audit?limit=1', { 'x-request-id': requestId });
    expect([answer.status, answer.headers.get('x-request-id')]).toEqual([200, requestId]);
    for (const name of brokerServiceNames) {
      const lines = await linesOf(installation, name, (all) =>
        all.some((line) => line['requestId'] === requestId),
      );
      expect(lines.filter((line) => line['requestId'] === requestId)).toEqual([
        expect.objectContaining({ service: name, level: 30, msg: 'answered', seconds: expect.any(Number) }),
      ]);
      expect(lines.filter(({ level, requestId: id }) => Number(level) < 30 || id === 'internal')).toEqual([]);
    }
  });

  it('signs in to a broker that knows nobody else', async () => {
    const { natsUrl: url } = installation;
    await expect(Broker.connect({ url, name: 'gateway' })).rejects.toThrow(/authorization/i);
    const nkeySeed = installation.secretOf(['stops'], 'NATS_NKEY_SEED');
    const stops = await Broker.connect({ url, name: 'stops', nkeySeed });
    await expect(
      stops.connection.request('rpc.accounts.create-organization.v1', '', { timeout: 30_000 }),
    ).rejects.toThrow(/permissions violation/i);
    await stops.drain();
  });

  it.each(withDatabase)('runs %s as a role that owns nothing', async (name) => {
    const client = new pg.Client({ connectionString: installation.secretOf([name], 'DATABASE_URL') });
    await client.connect();
    const owned = await client.query(`SELECT 1 FROM pg_tables WHERE tableowner = CURRENT_USER`);
    const refusal = await client.query('DELETE FROM audit').catch((error: unknown) => error);
    await client.end();
    expect([owned.rowCount, refusal]).toEqual([0, expect.objectContaining({ code: '42501' })]);
  });
});

/** The lines of a service's log, once they are as expected: a log is written a moment after the answer. */
async function linesOf(
  installation: Installation,
  name: string,
  isThere: (lines: Record<string, unknown>[]) => boolean,
): Promise<Record<string, unknown>[]> {
  const parse = () =>
    readFileSync(installation.logOf(name), 'utf8')
      .split('\n')
      .flatMap((line) => (line.startsWith('{') ? [JSON.parse(line) as Record<string, unknown>] : []));
  await eventually(`the line of ${name}`, () => isThere(parse()));
  return parse();
}
