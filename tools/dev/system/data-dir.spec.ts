import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brokerServiceNames } from '#contracts';
import { claimDataDir, dataDirProblem } from './data-dir.js';
import { keptSecrets, secretsFile } from './kept-secrets.js';
import { identityOf } from './process-table.js';
import { StartFailure } from './start-failure.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'waystop-data-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('DATA_DIR', () => {
  it('is made with all the folders above it', () => {
    expect(dataDirProblem(join(folder, 'a', 'b'))).toBeNull();
    expect(existsSync(join(folder, 'a', 'b'))).toBe(true);
  });

  it('can not be a file, nor lie below one', () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    for (const wrong of [file, join(file, 'below')])
      expect(dataDirProblem(wrong)).toMatch(/^DATA_DIR .* Set it to/);
  });

  it('belongs to one running process', () => {
    const claim = join(folder, 'supervisor.pid');
    // This process's parent lives as long as the test does.
    writeFileSync(claim, `${process.ppid} ${identityOf(process.ppid)}\n`);
    expect(() => claimDataDir(folder)).toThrow(StartFailure);
  });

  it.each([
    ['is gone', () => '999999999 1'],
    ['has given its id to another program', () => `${process.ppid} long-ago`],
    ['wrote only half of it', () => ''],
  ])('is free again when its holder %s', (_, text) => {
    const claim = join(folder, 'supervisor.pid');
    writeFileSync(claim, text());
    const release = claimDataDir(folder);
    expect(readFileSync(claim, 'utf8')).toMatch(new RegExp(`^${process.pid} `));
    release();
    expect(existsSync(claim)).toBe(false);
  });
});

describe('kept secrets', () => {
  it('are made once, differ from each other, and only their owner may read them', () => {
    const first = keptSecrets(folder);
    expect(keptSecrets(folder)).toEqual(first);
    const { natsSeeds, ...others } = first;
    const values = [...Object.values(others), ...Object.values(natsSeeds)];
    expect(new Set(values).size).toBe(4 + brokerServiceNames.length + 1);
    expect(statSync(secretsFile(folder)).mode & 0o777).toBe(0o600);
  });

  it('gain the seeds of the broker’s users where an older folder has none, once', () => {
    const { natsSeeds: _, ...older } = keptSecrets(folder);
    writeFileSync(secretsFile(folder), JSON.stringify(older));
    const gained = keptSecrets(folder);
    expect(gained).toMatchObject(older);
    expect(keptSecrets(folder)).toEqual(gained);
  });

  it('are closed again when somebody opened them', () => {
    keptSecrets(folder);
    chmodSync(secretsFile(folder), 0o644);
    keptSecrets(folder);
    expect(statSync(secretsFile(folder)).mode & 0o777).toBe(0o600);
  });

  it('are never replaced when damaged', () => {
    writeFileSync(secretsFile(folder), '{"adminKey":');
    expect(() => keptSecrets(folder)).toThrow(/damaged/);
    expect(readFileSync(secretsFile(folder), 'utf8')).toBe('{"adminKey":');
  });
});
