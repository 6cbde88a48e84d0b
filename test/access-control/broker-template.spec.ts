import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { brokerServiceNames } from '#contracts';
import { keysFile, keysFileName, makeSeed, usersFile } from '#messaging';
import { projectRoot } from '../../tools/dev/system/project-root.js';

const copies = ['deploy/nats/users.conf', 'k8s/components/nats-users/users.conf'];

describe.each(copies)('%s', (copy) => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'waystop-users-'));
    copyFileSync(join(projectRoot, copy), join(folder, 'users.conf'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is what the table of rights makes', () => {
    const same = readFileSync(join(folder, 'users.conf'), 'utf8') === usersFile();
    expect(same ? 'the same' : `out of date: npm run --silent broker-users > ${copy}`).toBe('the same');
  });

  it('is taken by the server when every key is named beside it, and else not', () => {
    const lines = keysFile(() => makeSeed()).match(/.+\n/g) ?? [];
    const check = (keys: string[]) => {
      writeFileSync(join(folder, keysFileName), keys.join(''));
      return spawnSync('nats-server', ['-t', '--config', join(folder, 'users.conf')]).status;
    };
    // The services, and the operator.
    expect(lines).toHaveLength(brokerServiceNames.length + 1);
    expect(check(lines)).toBe(0);
    for (const left of lines)
      expect([left, check(lines.filter((line) => line !== left))]).not.toEqual([left, 0]);
  });
});
