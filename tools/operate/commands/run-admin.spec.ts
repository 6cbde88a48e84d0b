import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { keptSecrets } from '../../dev/system/kept-secrets.js';
import { splitService } from './run-admin.js';
import { serverUrl } from './running-servers.js';

const folder = mkdtempSync(join(tmpdir(), 'waystop-ops-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('splitService', () => {
  it('is for all services with a database unless one is named', () => {
    expect(splitService(['--aggregate', 'x'])).toEqual({
      chosen: ['accounts', 'stops', 'registrations', 'sessions', 'notifications', 'matching', 'outcomes'],
      rest: ['--aggregate', 'x'],
    });
    const stops = { chosen: ['stops'], rest: ['list', '--all'] };
    expect(splitService(['list', '--service', 'stops', '--all'])).toEqual(stops);
    expect(splitService(['--service=stops', 'list', '--all'])).toEqual(stops);
  });

  it.each([['gateway'], ['nobody'], ['']])('refuses %p', (name) => {
    expect(() => splitService(['--service', name])).toThrow(
      'accounts, stops, registrations, sessions, notifications, matching, outcomes',
    );
  });
});

describe('serverUrl', () => {
  it('takes DATABASE_URL where it is set', () => {
    expect(serverUrl({ DATABASE_URL: 'postgres://h:1/x' })).toBe('postgres://h:1/x');
  });

  it('finds the server that was started with DATA_DIR', () => {
    const { databasePassword } = keptSecrets(folder);
    mkdirSync(join(folder, 'postgres'));
    writeFileSync(join(folder, 'postgres', 'postmaster.pid'), '123\n/data\n1700000000\n23456\n/tmp\n');
    const url = new URL(serverUrl({ DATA_DIR: folder }));
    expect([url.port, url.password]).toEqual(['23456', databasePassword]);
  });

  it('says so where no system runs', () => {
    expect(() => serverUrl({ DATA_DIR: join(folder, 'nothing') })).toThrow('No system runs');
  });
});
