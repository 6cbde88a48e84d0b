import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../dev/system/ports.js';
import { commandOf } from '../../dev/system/process-table.js';
import { projectRoot } from '../../dev/system/project-root.js';
import { makeTestFolder, removeTestFolder } from '../../dev/system/test-folder.js';
import { cpuMsOfAll, memoryMbOf, withDescendants } from '../process-usage.js';
import type { Must } from '../report.js';
import type { Run } from './run.js';

const longestFirstMs = 35_000;
const longestLaterMs = 8_000;
const mostMb = 120;
/** After this long nothing of the start is under way any more. */
const untilRestMs = 10_000;

interface Start {
  readonly wallMs: number;
  readonly cpuMs: number;
  /** Of each service, at rest. */
  readonly memoryMb: ReadonlyMap<string, number>;
}

/** `npm start` as a user sees it: with nothing built and no data, and once more with both there. */
export async function measureStart(run: Run): Promise<void> {
  const dataDir = makeTestFolder();
  try {
    rmSync(join(projectRoot, 'dist', '.stamp'), { force: true });
    const first = await startOnce(dataDir);
    const later = await startOnce(dataDir);
    run.report.add(lineOf('first start: build, databases, tables', first, longestFirstMs));
    run.report.add(lineOf('later start', later, longestLaterMs));
    run.report.add(memoryOf(later));
  } finally {
    removeTestFolder(dataDir);
  }
}

function lineOf(what: string, { wallMs, cpuMs }: Start, longestMs: number) {
  const must: Must = { text: `≤ ${longestMs / 1_000} s`, met: wallMs <= longestMs };
  return { what, figure: `${(wallMs / 1_000).toFixed(1)} s, ${(cpuMs / 1_000).toFixed(1)} s CPU`, must };
}

function memoryOf({ memoryMb }: Start) {
  const each = [...memoryMb].map(([name, mb]) => `${name} ${Math.round(mb)}`);
  const must: Must = { text: `≤ ${mostMb} MB`, met: Math.max(...memoryMb.values()) <= mostMb };
  return { what: 'memory of a service at rest, in MB', figure: each.join(', '), must };
}

async function startOnce(dataDir: string): Promise<Start> {
  const { PATH, HOME } = process.env;
  const began = performance.now();
  const child = spawn(process.execPath, [join(projectRoot, 'tools', 'run.js'), 'start'], {
    cwd: projectRoot,
    env: { PATH, HOME, PORT: String(await freePort()), DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  try {
    await ready(child);
    const wallMs = performance.now() - began;
    const processes = withDescendants(child.pid ?? 0);
    const cpuMs = cpuMsOfAll(processes);
    await sleep(untilRestMs);
    return { wallMs, cpuMs, memoryMb: memoryOfServices(processes) };
  } finally {
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'exit');
  }
}

async function ready(child: ChildProcess): Promise<void> {
  let output = '';
  await new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        if (output.includes('Waystop is ready')) resolve();
      });
    child.once('exit', () => reject(new Error(`npm start ended: ${output.trim()}`)));
  });
}

function memoryOfServices(processes: readonly number[]): Map<string, number> {
  const services = processes.flatMap((pid): [string, number][] => {
    const name = /apps\/(\w+)\/main\.js serve/.exec(commandOf(pid))?.[1];
    return name === undefined ? [] : [[name, memoryMbOf(pid)]];
  });
  return new Map(services);
}
