import { describe, expect, it } from '@jest/globals';
import { inheritedEnv } from './inherited-env.js';
import { brokerServiceNames, hasBroker, serviceNames } from '#contracts';
import { migrationSettings, serviceEnv, type ServiceSettings } from './services.js';

const settings: ServiceSettings = {
  port: 3000,
  rateLimitPerMinute: 600,
  databaseUrl: 'postgres://u:p@127.0.0.1:5432/postgres?sslmode=disable',
  natsUrl: 'nats://127.0.0.1:4222',
  natsSeeds: {
    gateway: 'seed of gateway',
    accounts: 'seed of accounts',
    stops: 'seed of stops',
    registrations: 'seed of registrations',
    sessions: 'seed of sessions',
    notifications: 'seed of notifications',
    matching: 'seed of matching',
    outcomes: 'seed of outcomes',
    operator: 'seed of the operator',
  },
  rolesSecret: 'the roles secret',
  adminKey: 'the admin key',
  organizerKey: 'the organizer key',
  keySecret: 'the key secret',
  webPort: 3009,
  logLevel: 'warn',
  dataDir: '/nowhere',
  env: { EXTRA: 'yes' },
};

describe('the environment of a service', () => {
  it('names its own database, with the options of the given URL, and a role that is not the given one', () => {
    const urls = serviceNames.map((service) => serviceEnv(service, settings)['DATABASE_URL'] ?? 'none');
    const url = (name: string) =>
      expect.stringMatching(
        new RegExp(`^postgres://waystop_${name}:[0-9a-f]{64}@127.0.0.1:5432/${name}.sslmode=disable$`),
      );
    expect(urls).toEqual([
      url('accounts'),
      url('stops'),
      url('registrations'),
      url('sessions'),
      url('notifications'),
      url('matching'),
      url('outcomes'),
      'none',
      'none',
    ]);
  });

  it('gives the owner of the tables to migrations alone', () => {
    const { DATABASE_URL, ...more } = migrationSettings('stops', settings);
    expect(new URL(DATABASE_URL).username).toBe('waystop_stops_owner');
    expect(more).toEqual({ DATABASE_APP_ROLE: 'waystop_stops' });
  });

  it('gives each its own seed for the broker, and the operator’s to nobody', () => {
    const seeds = brokerServiceNames.map((service) => serviceEnv(service, settings)['NATS_NKEY_SEED']);
    expect(seeds).toEqual(brokerServiceNames.map((service) => `seed of ${service}`));
    expect(serviceEnv('web', settings)).not.toHaveProperty('NATS_NKEY_SEED');
    expect(JSON.stringify(serviceNames.map((service) => serviceEnv(service, settings)))).not.toContain(
      'operator',
    );
  });

  it('gives keys to accounts alone, and the public port to the gateway alone', () => {
    for (const service of serviceNames) {
      const env = serviceEnv(service, settings);
      expect([service, env['ADMIN_KEY'], env['KEY_SECRET']]).toEqual(
        service === 'accounts'
          ? [service, 'the admin key', 'the key secret']
          : [service, undefined, undefined],
      );
      const ports: Partial<Record<typeof service, string>> = { gateway: '3000', web: '3009' };
      expect([service, env['PORT']]).toEqual([service, ports[service]]);
      expect(env).toMatchObject({ LOG_LEVEL: 'warn', EXTRA: 'yes' });
      expect(env['NATS_URL']).toBe(hasBroker(service) ? settings.natsUrl : undefined);
    }
  });

  it('passes the rest of the caller’s environment on, without settings and npm’s own', () => {
    expect(
      inheritedEnv({ TZ: 'UTC', ADMIN_KEY: 'k', NODE_OPTIONS: '-x', npm_config_y: 'z', PATH: '/bin' }),
    ).toEqual({
      TZ: 'UTC',
      PATH: '/bin',
    });
  });
});
