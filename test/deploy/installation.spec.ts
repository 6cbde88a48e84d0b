import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { Broker } from '#messaging';
import { projectRoot } from '../../scripts/system/project-root.js';
import { ApiClient, aSession, delegates, must, publishedStop, signUpCompany } from '../support/client.js';
import { madeSecrets, readCompose, toldTo } from './compose.js';
import { Installation, type Instructions } from './installation.js';
import { toldBy } from './kubernetes-told.js';
import { workloads } from './objects.js';
import { render } from './render.js';
import { services } from './told.js';

const read = (file: string) => readFileSync(join(projectRoot, file), 'utf8');
const withDatabase = services.filter((name) => name !== 'gateway');

function byCompose(): Instructions {
  const compose = readCompose();
  return {
    told: (...words) => {
      const found = Object.values(compose.services).find(
        ({ command }) => command?.join(' ') === words.join(' '),
      );
      if (found === undefined) throw new Error(`Nothing runs ${words.join(' ')}`);
      return toldTo(found);
    },
    broker: {
      'nats-server.conf': read('deploy/nats/nats-server.conf'),
      'users.conf': read('deploy/nats/users.conf'),
      'nats-keys.conf': madeSecrets['nats-keys.conf'] ?? '',
    },
  };
}

function byKubernetes(): Instructions {
  const objects = render('overlays/dev');
  return {
    told: (...words) => {
      const found = workloads(objects)
        .flatMap(({ pod }) => pod.containers.map((container) => ({ pod, container })))
        .find(({ container }) => container.args?.join(' ') === words.join(' '));
      if (found === undefined) throw new Error(`Nothing runs ${words.join(' ')}`);
      return toldBy(objects, found.container, found.pod);
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
  beforeAll(() => installation.start(), 60_000);
  afterAll(() => installation.stop(), 20_000);

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

  it('signs in to a broker that knows nobody else', async () => {
    const { natsUrl: url } = installation;
    await expect(Broker.connect({ url, name: 'gateway' })).rejects.toThrow(/authorization/i);
    const nkeySeed = installation.secretOf(['stops'], 'NATS_NKEY_SEED');
    const stops = await Broker.connect({ url, name: 'stops', nkeySeed });
    await expect(
      stops.connection.request('rpc.accounts.create-organization.v1', '', { timeout: 500 }),
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
