import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from './process-table.js';
import { SupervisedProcess, type Death, type ProcessPlan } from './supervised-process.js';

let folder = '';
let deaths: Death[] = [];
let running: SupervisedProcess;

const run = (script: string, change: Partial<ProcessPlan> = {}): SupervisedProcess => {
  running = new SupervisedProcess(
    {
      name: 'one',
      command: process.execPath,
      args: ['-e', script],
      cwd: folder,
      env: { PATH: process.env['PATH'] },
      channel: false,
      logFile: join(folder, 'one.log'),
      stopSignals: ['SIGTERM', 'SIGKILL'],
      ...change,
    },
    (death) => deaths.push(death),
  );
  running.start();
  return running;
};

const until = async (check: () => boolean): Promise<void> => {
  const deadline = Date.now() + 10_000;
  while (!check()) {
    if (Date.now() > deadline) throw new Error('Waited too long.');
    await sleep(10);
  }
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'waystop-process-'));
  deaths = [];
});
afterEach(async () => {
  await running.stop(0, ['SIGKILL']);
  rmSync(folder, { recursive: true, force: true });
});

const FOREVER = 'setInterval(() => {}, 1000);';

describe('a supervised process', () => {
  it('is started again when it was killed', async () => {
    const one = run(FOREVER);
    const before = one.pid;
    one.kill('SIGKILL');
    await until(() => one.pid !== null && one.pid !== before);
    expect(deaths).toMatchObject([{ name: 'one', how: 'ended with SIGKILL', deathsInARow: 1, pauseMs: 100 }]);
  });

  it('waits longer from death to death, and its last words are kept', async () => {
    run('console.error("out of luck"); process.exit(3)');
    await until(() => deaths.length === 3);
    expect(deaths.map(({ pauseMs }) => pauseMs)).toEqual([100, 200, 400]);
    expect(deaths[2]).toMatchObject({ how: 'ended with 3', lastLines: 'out of luck' });
  });

  it('that can not even be started counts as dead', async () => {
    run('', { command: join(folder, 'missing') });
    await until(() => deaths.length === 2);
    expect(deaths[0]?.how).toContain('ENOENT');
  });

  it('stays ended after a stop, also when it was waiting for its restart', async () => {
    const one = run('process.exit(1)');
    await until(() => deaths.length === 1);
    await one.stop(1_000);
    await sleep(400);
    expect([one.pid, deaths.length]).toEqual([null, 1]);
  });

  it('that will not end is killed when its budget is over', async () => {
    const one = run(`process.on('SIGTERM', () => {}); ${FOREVER}`);
    await until(() => one.pid !== null);
    const pid = one.pid ?? NaN;
    await sleep(300);
    const began = Date.now();
    await one.stop(500);
    expect(Date.now() - began).toBeGreaterThanOrEqual(490);
    expect(isAlive(pid)).toBe(false);
  });
});
