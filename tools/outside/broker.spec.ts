import { mkdtempSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { chooseBroker } from './broker.js';

const folder = mkdtempSync(join(tmpdir(), 'waystop-broker-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('NATS_SERVER', () => {
  it('leaves PATH alone where it is not set', () => {
    const env = { PATH: '/usr/bin' };
    chooseBroker(env);
    expect(env).toEqual({ PATH: '/usr/bin' });
  });

  it('puts a nats-server of any name first on PATH', () => {
    const file = join(folder, 'another');
    writeFileSync(file, '');
    const env = { PATH: '/usr/bin', NATS_SERVER: file };
    chooseBroker(env);
    const [first = '', ...others] = env.PATH.split(delimiter);
    expect(readlinkSync(join(first, 'nats-server'))).toBe(file);
    expect(others).toEqual(['/usr/bin']);
    rmSync(first, { recursive: true });
  });

  it('is refused where nothing is', () => {
    expect(() => chooseBroker({ NATS_SERVER: join(folder, 'none') })).toThrow('is not there');
  });
});
