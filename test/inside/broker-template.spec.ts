import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { authorizationBlock, brokerUsers, makeSeed, publicKeyOf } from '#messaging';
import { projectRoot } from '../../scripts/system/project-root.js';

const template = join(projectRoot, 'deploy', 'nats', 'users.conf');
const names = [...brokerUsers, 'operator'].map((user) => `${user.toUpperCase()}_NKEY`);

describe('deploy/nats/users.conf', () => {
  it('is what the table of rights makes', () => {
    const made = authorizationBlock((user) => `$${user.toUpperCase()}_NKEY`, '$OPERATOR_NKEY');
    const same = readFileSync(template, 'utf8') === made;
    expect(
      same ? 'the same' : 'out of date: node dist/scripts/container/broker-users.js > deploy/nats/users.conf',
    ).toBe('the same');
  });

  it('is taken by the server when its environment names every key, and else not', () => {
    const keys = Object.fromEntries(names.map((name) => [name, publicKeyOf(makeSeed())]));
    const check = (env: Record<string, string>) =>
      spawnSync('nats-server', ['-t', '--config', template], { env: { PATH: process.env['PATH'], ...env } })
        .status;
    expect(check(keys)).toBe(0);
    for (const name of names) {
      const { [name]: _, ...others } = keys;
      expect([name, check(others)]).not.toEqual([name, 0]);
    }
  });
});
