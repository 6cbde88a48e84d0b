import { describe, expect, it } from '@jest/globals';
import { publicKeyOf } from '#messaging';
import { brokerServiceNames, databaseServiceNames } from '#contracts';
import {
  composeRules,
  isOurs,
  isService,
  madeSecrets,
  readCompose,
  settingsInCompose,
  type Compose,
} from './compose.js';
import { settingsNotPassedOn, services, settingsFaults, settingsOf } from './container-settings.js';

const compose = readCompose();
const ours = Object.entries(compose.services).filter(([, one]) => isOurs(one));

describe('docker-compose.yml', () => {
  it('runs every service, PostgreSQL and NATS, and each migration once; backups on demand', () => {
    const migrations = databaseServiceNames.map((name) => `migrate-${name}`);
    const expected = [...services, ...migrations, 'databases', 'nats', 'postgres', 'recovery'];
    expect(Object.keys(compose.services).toSorted()).toEqual(expected.toSorted());
  });

  it.each(composeRules.map((rule) => [rule.id, rule] as const))('%s', (_id, rule) => {
    expect(rule.faults(compose)).toEqual([]);
  });

  it.each(ours)('tells %s what its program reads', async (_name, one) => {
    expect(settingsFaults(await settingsOf(one.command ?? []), settingsInCompose(one))).toEqual([]);
  });

  it.each(ours)('lets the operator say every setting of %s', async (_name, one) => {
    expect(settingsNotPassedOn(await settingsOf(one.command ?? []), settingsInCompose(one))).toEqual([]);
  });

  it.each(ours.filter(([, one]) => isService(one)))(
    'lets %s be asked for its health from outside',
    (_name, one) => {
      expect(one.environment).toMatchObject({ HEALTH_HOST: '0.0.0.0', HEALTH_PORT: 8081 });
    },
  );

  it('publishes the port on which the gateway listens', () => {
    const gateway = compose.services['gateway'];
    expect(gateway?.ports).toEqual([`3000:${gateway?.environment?.['PORT']}`]);
  });

  it('lets registrations have two replicas: neither a name nor a port is theirs alone', () => {
    const registrations = compose.services['registrations'];
    expect(registrations).not.toHaveProperty('container_name');
    expect(registrations).not.toHaveProperty('ports');
  });

  it.each(databaseServiceNames)(
    'gives %s the database that bears its name, as a role for which the owner of it migrates',
    (name) => {
      const urlOf = (one: string) =>
        Object.values(settingsInCompose(serviceOf(one)).files)
          .filter((value) => value.startsWith('postgres:'))
          .map((value) => new URL(value));
      const [service, migration] = [urlOf(name), urlOf(`migrate-${name}`)];
      expect([...service, ...migration].map((url) => url.pathname)).toEqual([`/${name}`, `/${name}`]);
      expect(serviceOf(`migrate-${name}`).environment?.['DATABASE_APP_ROLE']).toBe(service[0]?.username);
      expect(migration[0]?.username).toBe(`${name}_owner`);
    },
  );

  it.each(brokerServiceNames)('gives %s the seed whose public key the broker knows', (name) => {
    const { env, files } = settingsInCompose(serviceOf(name));
    const seed = files[env['NATS_NKEY_SEED_FILE'] ?? ''] ?? '';
    expect(madeSecrets['nats-keys.conf']).toContain(`${name.toUpperCase()}_NKEY: ${publicKeyOf(seed)}\n`);
  });
});

function serviceOf(name: string) {
  const one = compose.services[name];
  if (one === undefined) throw new Error(`No service ${name}`);
  return one;
}

const breakages: [string, (services: Compose['services'], all: Compose) => void][] = [
  ['known-words', ({ stops }) => Object.assign(stops ?? {}, { enviroment: {} })],
  ['references-exist', ({ nats }) => nats?.volumes?.push('natz:/more')],
  ['waits-for-health', ({ nats }) => Object.assign(nats ?? {}, { healthcheck: { disable: true } })],
  ['servers-are-near', ({ nats }) => nats?.networks.splice(0, 1)],
  [
    'only-the-gateway-is-published',
    ({ postgres }) => Object.assign(postgres ?? {}, { ports: ['5432:5432'] }),
  ],
  ['stores-are-inside', ({ postgres }) => postgres?.networks.push('edge')],
  ['hardened', ({ postgres }) => Object.assign(postgres ?? {}, { read_only: false })],
  ['pinned-image', ({ nats }) => Object.assign(nats ?? {}, { image: 'nats:latest' })],
  ['drains', ({ stops }) => Object.assign(stops ?? {}, { stop_grace_period: '3s' })],
  ['restarts', ({ stops }) => Object.assign(stops ?? {}, { restart: undefined })],
  ['no-secret-in-environment', ({ stops }) => Object.assign(stops?.environment ?? {}, { ADMIN_KEY: 'x' })],
  [
    'secrets-are-made',
    (_services, { secrets }) => Object.assign(secrets, { more: { file: 'deploy/secrets/more' } }),
  ],
  ['files-exist', (_services, { configs }) => Object.assign(configs, { nats: { file: 'deploy/nats.conf' } })],
  ['nobody-else-s-secret', ({ stops }) => stops?.secrets?.push('sessions-database-url')],
];

describe('a broken docker-compose.yml', () => {
  it.each(breakages)('fails exactly the rule %s', (id, breakIt) => {
    const copy = readCompose();
    breakIt(copy.services, copy);
    const failing = composeRules.filter((rule) => rule.faults(copy).length > 0).map((rule) => rule.id);
    expect(failing).toEqual([id]);
  });

  it('is known for every rule', () => {
    expect(composeRules.map((rule) => rule.id)).toEqual(breakages.map(([id]) => id));
  });
});
