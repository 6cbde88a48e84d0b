import { describe, expect, it } from '@jest/globals';
import { resolve } from 'node:path';
import { parseSettings } from './settings.js';

const KEY = 'k'.repeat(32);
const wrongIn = (env: Record<string, string>) => {
  const parsed = parseSettings(env);
  return 'wrong' in parsed ? parsed.wrong : [];
};

describe('settings', () => {
  it('have defaults for everything', () => {
    expect(parseSettings({})).toEqual({
      settings: {
        port: 3000,
        dataDir: resolve('.data'),
        databaseUrl: null,
        natsUrl: null,
        adminKey: null,
        organizerKey: null,
        rateLimitPerMinute: 600,
        logLevel: 'warn',
        mail: {},
      },
    });
  });

  it.each([
    ['PORT', ['0', '65536', '80.5', '-1', 'http', '', ' 80', '1e3', '0x50'], ['1', '65535']],
    ['RETENTION_DAYS', ['0', '-1', '1.5', 'never', '36501'], ['', '1', '36500']],
    ['RATE_LIMIT_PER_MINUTE', ['-1', '1.5', 'off', '', '1000001'], ['0', '1000000']],
    [
      'ADMIN_KEY',
      ['', 'k'.repeat(31), 'k'.repeat(201), `${KEY} k`, `${KEY}é`, `${KEY}\n`],
      [KEY, '~'.repeat(200)],
    ],
    ['ORGANIZER_KEY', ['', 'k'.repeat(31), `${KEY}\t`], [KEY]],
    [
      'DATABASE_URL',
      ['', 'localhost', 'mysql://h/db', 'postgres://'],
      ['postgres://u:p@h:1/d', 'postgresql://h'],
    ],
    ['NATS_URL', ['', 'localhost:4222', 'http://h', 'nats://a,b'], ['nats://h:4222', 'tls://a:1,nats://b:2']],
    [
      'OTEL_EXPORTER_OTLP_ENDPOINT',
      ['collector:4318', 'grpc://collector:4317'],
      ['', 'http://collector:4318', 'https://c/otlp'],
    ],
    ['LOG_LEVEL', ['', 'loud'], ['debug', 'silent']],
    ['DATA_DIR', [''], ['/tmp/somewhere']],
  ])('%s takes only what makes sense', (name, wrong, right) => {
    for (const value of wrong)
      expect([value, wrongIn({ [name]: value })]).toEqual([value, [expect.stringMatching(`^${name} `)]]);
    for (const value of right) expect([value, wrongIn({ [name]: value })]).toEqual([value, []]);
  });

  it('are all named at once when wrong, each with what to do', () => {
    const wrong = wrongIn({
      PORT: 'x',
      ADMIN_KEY: 'short',
      NATS_URL: 'y',
      RATE_LIMIT_PER_MINUTE: '-2',
      LOG_LEVEL: 'z',
    });
    expect(wrong.map((line) => line.split(' ')[0])).toEqual([
      'PORT',
      'NATS_URL',
      'ADMIN_KEY',
      'RATE_LIMIT_PER_MINUTE',
      'LOG_LEVEL',
    ]);
    for (const line of wrong) expect(line).toMatch(/unset/i);
  });

  it('never repeat a key or a password', () => {
    const wrong = wrongIn({ ADMIN_KEY: 'hush', DATABASE_URL: 'mysql://u:hush@h/d' }).join('\n');
    expect(wrong).toMatch(/ADMIN_KEY \(length 4\)/);
    expect(wrong).not.toContain('hush');
  });

  it('refuse one key for two roles, and say so beside other faults', () => {
    expect(wrongIn({ PORT: 'x', ADMIN_KEY: KEY, ORGANIZER_KEY: KEY })).toHaveLength(2);
    expect(wrongIn({ ADMIN_KEY: KEY, ORGANIZER_KEY: KEY })).toEqual([
      expect.stringMatching(/^ORGANIZER_KEY .*same as ADMIN_KEY/),
    ]);
  });
});
