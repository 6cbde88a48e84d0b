import { mkdirSync, mkdtempSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { chooseServers } from './servers.js';

const folder = mkdtempSync(join(tmpdir(), 'waystop-broker-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('NATS_SERVER', () => {
  it('leaves PATH alone where it is not set', () => {
    const env = { PATH: '/usr/bin' };
    chooseServers(env);
    expect(env).toEqual({ PATH: '/usr/bin' });
  });

  it('puts a nats-server of any name first on PATH', () => {
    const file = join(folder, 'another');
    writeFileSync(file, '');
    const env = { PATH: '/usr/bin', NATS_SERVER: file };
    chooseServers(env);
    const [first = '', ...others] = env.PATH.split(delimiter);
    expect(readlinkSync(join(first, 'nats-server'))).toBe(file);
    expect(others).toEqual(['/usr/bin']);
    rmSync(first, { recursive: true });
  });

  it('is refused where nothing is', () => {
    expect(() => chooseServers({ NATS_SERVER: join(folder, 'none') })).toThrow('is not there');
  });
});

describe('POSTGRES_HOME', () => {
  it('may be any folder with bin/postgres', () => {
    mkdirSync(join(folder, 'bin'));
    writeFileSync(join(folder, 'bin', 'postgres'), '');
    const env = { POSTGRES_HOME: folder };
    chooseServers(env);
    expect(env.POSTGRES_HOME).toBe(folder);
  });

  it('is refused where nothing is', () => {
    expect(() => chooseServers({ POSTGRES_HOME: join(folder, 'none') })).toThrow('is not there');
  });
});
