import { describe, expect, it } from '@jest/globals';
import { composeRules, isOurs, isService, readCompose, toldTo, type Compose } from './compose.js';
import { services, settingsFaults, settingsOf } from './told.js';

const compose = readCompose();
const ours = Object.entries(compose.services).filter(([, one]) => isOurs(one));

describe('docker-compose.yml', () => {
  it('runs every service, PostgreSQL and NATS, and each migration once', () => {
    const migrations = services.filter((name) => name !== 'gateway').map((name) => `migrate-${name}`);
    const expected = [...services, ...migrations, 'databases', 'nats', 'postgres'];
    expect(Object.keys(compose.services).toSorted()).toEqual(expected.toSorted());
  });

  it.each(composeRules.map((rule) => [rule.id, rule] as const))('%s', (_id, rule) => {
    expect(rule.faults(compose)).toEqual([]);
  });

  it.each(ours)('tells %s what its program reads', async (_name, one) => {
    expect(settingsFaults(await settingsOf(one.command ?? []), toldTo(one))).toEqual([]);
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

  it('gives each service the database that bears its name', () => {
    for (const name of services.filter((one) => one !== 'gateway')) {
      const files = Object.values(toldTo(compose.services[name] ?? { image: '', networks: [] }).files);
      expect(
        files.filter((value) => value.startsWith('postgres:')).map((url) => new URL(url).pathname),
      ).toEqual([`/${name}`]);
    }
  });
});

const breakages: [string, (services: Compose['services'], all: Compose) => void][] = [
  ['known-words', ({ stops }) => Object.assign(stops ?? {}, { enviroment: {} })],
  ['references-exist', ({ stops }) => stops?.secrets?.push('stops-database')],
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
