import { describe, expect, it } from '@jest/globals';
import { inheritedEnv, SERVICES, serviceEnv, type ServiceSettings } from './services.js';

const settings: ServiceSettings = {
  port: 3000,
  rateLimitPerMinute: 600,
  databaseUrl: 'postgres://u:p@127.0.0.1:5432/postgres?sslmode=disable',
  natsUrl: 'nats://127.0.0.1:4222',
  adminKey: 'the admin key',
  organizerKey: 'the organizer key',
  keySecret: 'the key secret',
  logLevel: 'warn',
  dataDir: '/nowhere',
  env: { EXTRA: 'yes' },
};

describe('the environment of a service', () => {
  it('names its own database, with the options of the given URL', () => {
    const urls = SERVICES.map((service) => serviceEnv(service, settings)['DATABASE_URL']);
    const url = (name: string) => `postgres://u:p@127.0.0.1:5432/${name}?sslmode=disable`;
    expect(urls).toEqual([url('accounts'), url('stops'), url('registrations'), url('sessions'), undefined]);
  });

  it('gives keys to accounts alone, and the public port to the gateway alone', () => {
    for (const service of SERVICES) {
      const env = serviceEnv(service, settings);
      expect([service, env['ADMIN_KEY'], env['KEY_SECRET']]).toEqual(
        service === 'accounts'
          ? [service, 'the admin key', 'the key secret']
          : [service, undefined, undefined],
      );
      expect([service, env['PORT']]).toEqual([service, service === 'gateway' ? '3000' : undefined]);
      expect(env).toMatchObject({ NATS_URL: settings.natsUrl, LOG_LEVEL: 'warn', EXTRA: 'yes' });
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
