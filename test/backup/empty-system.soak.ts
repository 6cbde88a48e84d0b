import { appendFileSync, copyFileSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { restoreBackup } from '../../tools/operate/backup/restore-backup.js';
import { rolesOf } from '../../tools/dev/system/database-roles.js';
import { keptSecrets } from '../../tools/dev/system/kept-secrets.js';
import { makeTestFolder, removeTestFolder } from '../../tools/dev/system/test-folder.js';
import { ApiClient, must } from '../support/client.js';
import { startSystem, type RunningSystem } from '../support/system.js';
import { caughtUp } from '../chaos/compare-copies.js';
import { Databases } from '../chaos/databases.js';
import { answersOf, tellTour, type ToldTour } from './answers.js';
import { command } from './commands.js';

const testMs = 240_000;
let folder: string;
let backup: string;
let system: RunningSystem | undefined;
let told: ToldTour;
let before: Record<string, unknown>;

const running = (): RunningSystem => {
  if (system === undefined) throw new Error('No system runs.');
  return system;
};
const stop = async () => {
  await system?.stop();
  system = undefined;
};
const restore = (...args: string[]) => command('restore', args, { DATA_DIR: join(folder, 'other') });

beforeAll(async () => {
  folder = makeTestFolder();
  backup = join(folder, 'backup');
  mkdirSync(join(folder, 'other'), { mode: 0o711 });
  system = await startSystem();
  told = await tellTour(system);
  before = await answersOf(system.url, told);
  copyFileSync(join(system.dataDir, 'secrets.json'), join(folder, 'other', 'secrets.json'));
}, testMs);
afterAll(async () => {
  await stop();
  removeTestFolder(folder);
}, testMs);

it(
  'is written beside the running system, for its owner alone',
  async () => {
    const env = { DATA_DIR: running().dataDir };
    const { code, output } = await command('backup', [backup], env);
    expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining('registrations') });
    expect(statSync(backup).mode & 0o077).toBe(0);
    expect(statSync(join(backup, 'registrations', 'delegates.copy.gz')).mode & 0o077).toBe(0);
    expect(await command('backup', [backup], env)).toEqual({
      code: 1,
      output: expect.stringContaining('is there already'),
    });
  },
  testMs,
);

it(
  'restored into an empty system gives the same answers, and the system goes on from there',
  async () => {
    await stop();
    expect(await restore(backup)).toEqual({ code: 0, output: expect.stringContaining('Now start') });
    system = await startSystem({ dataDir: join(folder, 'other'), durable: false });
    expect(await answersOf(system.url, told)).toEqual(before);
    const doctor = { DATA_DIR: join(folder, 'other'), PORT: new URL(system.url).port };
    const { output } = await command('doctor', [], doctor);
    // Whether receivers' addresses are walled off is the machine's own affair.
    expect(output.split('\n').filter((line) => /wrong(?!  egress)/.test(line))).toEqual([]);
    expect(output).toMatch(/ok     broker/);
    const { path, body, key, answer } = told.repeated;
    const [first] = told.questions.filter((question) => question.path === '/v1/companies/me');
    const company = new ApiClient(system.url, first?.apiKey);
    const again = await company.post(path, body, { 'idempotency-key': key });
    expect([again.headers.get('idempotency-replayed'), again.body]).toEqual(['true', answer]);
    const organizer = new ApiClient(system.url, system.organizerKey);
    await must(organizer.patch(`/v1/stops/${told.stopId}`, { capacity: 9 }));
    const databases = new Databases(system);
    const differing = await caughtUp(databases);
    const [{ promoted } = { promoted: 0 }] = await databases.rows<{ promoted: number }>(
      'registrations',
      `SELECT count(*)::int AS promoted FROM registrations WHERE status = 'confirmed'`,
    );
    await databases.close();
    // Of the four one cancelled; the waiting one has moved up under the raised capacity.
    expect({ differing, promoted }).toEqual({ differing: [], promoted: 3 });
  },
  testMs,
);

it(
  'is refused where it would do harm, and nothing is changed then',
  async () => {
    expect(await restore(backup)).toEqual({ code: 1, output: expect.stringContaining('already runs') });
    const { databasePassword } = keptSecrets(join(folder, 'other'));
    const server = running().databaseUrl('accounts');
    const beside = restoreBackup(backup, {
      urlOf: (service) => rolesOf(server, service, databasePassword).owner.url,
      replace: true,
      deleteStream: () => Promise.resolve(),
    });
    // Connections of a service are those of another role.
    await expect(beside).rejects.toThrow(/registrations is in use by registrations.*\n.*sessions is in use/);
    await stop();
    expect(await restore(backup)).toEqual({
      code: 1,
      output: expect.stringMatching(/accounts is not empty: it holds .*4 rows of companies.*--replace/),
    });
    appendFileSync(join(backup, 'stops', 'tours.copy.gz'), 'x');
    expect(await restore(backup, '--replace')).toEqual({
      code: 1,
      output: expect.stringMatching(/damaged: stops\/tours.copy.gz has \d+ bytes instead of/),
    });
    expect(await restore(folder)).toEqual({ code: 1, output: expect.stringContaining('is no backup') });
    expect(await restore()).toEqual({ code: 1, output: expect.stringContaining('Say from where') });
  },
  testMs,
);
