import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { serviceNames, type ServiceName } from '#contracts';
import { followFile } from './follow-file.js';
import { inheritedEnv } from './inherited-env.js';
import { openLog } from './log-file.js';
import { mainOf } from './main-of.js';
import { runSystem } from './npm-start.js';
import { projectRoot } from './project-root.js';
import type { ProcessPlan } from './supervised-process.js';
import type { System } from './system.js';
import { whenBuilt } from './when-built.js';

const DRAIN_MS = 5_000;
const exitUsage = 64;

/**
 * `npm run dev -- stops sessions`: `npm start`, with the named services built again and restarted when their source
 * changes, and their logs on the terminal. @returns the exit code, where the names make no sense
 */
export async function npmDev(words: readonly string[]): Promise<number | undefined> {
  const names = serviceNames.filter((name) => words.includes(name));
  if (names.length === 0 || names.length < new Set(words).size) {
    console.error(
      `Usage: npm run dev -- <service> [<service> ...]; services are ${serviceNames.join(', ')}.`,
    );
    return exitUsage;
  }
  // What is built from now on is for development; the next start builds everything anew.
  rmSync(join(projectRoot, 'dist', '.stamp'), { force: true });
  await runSystem((system) => watch(system, names));
  return undefined;
}

function watch(system: System, names: readonly ServiceName[]): void {
  const { dataDir } = system.options;
  for (const name of names) {
    followFile(join(dataDir, 'logs', `${name}.log`), (text) => process.stdout.write(text));
    whenBuilt(dirname(mainOf(name)), () => void restart(system, name));
  }
  const builder = planBuilder(names, dataDir);
  followFile(builder.logFile, (text) => process.stdout.write(text));
  system.run(builder);
  console.log(`Watching the source of ${names.join(', ')} ...`);
}

function planBuilder(names: readonly ServiceName[], dataDir: string): ProcessPlan {
  const nest = join(projectRoot, 'node_modules', '@nestjs', 'cli', 'bin', 'nest.js');
  return {
    name: 'builder',
    command: process.execPath,
    args: [nest, 'build', ...names, '--watch'],
    cwd: projectRoot,
    env: inheritedEnv(process.env),
    channel: false,
    logFile: openLog(join(dataDir, 'logs', 'builder.log')),
    stopSignals: ['SIGTERM', 'SIGKILL'],
  };
}

async function restart(system: System, name: ServiceName): Promise<void> {
  const running = system.process(name);
  await running.stop(DRAIN_MS);
  running.start();
  console.log(`${name} was built and is restarted.`);
}
