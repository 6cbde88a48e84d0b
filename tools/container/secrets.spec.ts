import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { brokerServiceNames } from '#contracts';
import { makeSeed, publicKeyOf } from '#messaging';
import { secretMakers, writeMissingSecrets } from './secrets.js';

describe('make-secrets', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'waystop-secrets-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('writes every secret, each of its own', () => {
    expect(writeMissingSecrets(folder)).toEqual(Object.keys(secretMakers));
    const values = Object.keys(secretMakers).map((name) => readFileSync(join(folder, name), 'utf8'));
    expect(new Set(values).size).toBe(Object.keys(secretMakers).length);
  });

  it('leaves what is there as it is', () => {
    writeFileSync(join(folder, 'admin-key'), 'mine');
    writeMissingSecrets(folder);
    expect(writeMissingSecrets(folder)).toEqual([]);
    expect(readFileSync(join(folder, 'admin-key'), 'utf8')).toBe('mine');
  });

  it('tells the broker the public keys of the seeds that are there, also of one that was put in by hand', () => {
    const seed = makeSeed();
    writeFileSync(join(folder, 'stops-nats-seed'), `${seed}\n`);
    writeMissingSecrets(folder);
    const keys = readFileSync(join(folder, 'nats-keys.conf'), 'utf8');
    expect(keys).toContain(`STOPS_NKEY: ${publicKeyOf(seed)}\n`);
    expect(keys.match(/^[A-Z]+_NKEY: U[A-Z2-7]{55}$/gm)).toHaveLength(brokerServiceNames.length + 1);
    expect(keys).not.toMatch(/\bSU[A-Z2-7]/);
  });

  it('makes a folder that only its owner can enter', () => {
    const inner = join(folder, 'secrets');
    writeMissingSecrets(inner);
    expect(statSync(inner).mode & 0o777).toBe(0o700);
  });

  it('closes a folder that was there and open', () => {
    chmodSync(folder, 0o755);
    writeMissingSecrets(folder);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });
});
