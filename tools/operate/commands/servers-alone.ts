import { parseSettings } from '../../dev/system/settings.js';
import { System } from '../../dev/system/system.js';
import { CannotRun } from './command-error.js';

/**
 * Brings up the servers that `npm start` would, or finds those that are named, without any service, for as long as some
 * work takes. A system that runs on the same folder makes it refuse.
 */
export async function withServersAlone(work: (system: System) => Promise<void>): Promise<void> {
  const parsed = parseSettings(process.env);
  if ('wrong' in parsed) throw new CannotRun(parsed.wrong.join('\n'));
  const system = new System({ ...parsed.settings, services: [], notice: (line) => console.error(line) });
  // What is not committed when the servers end is undone.
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(name, () => void system.stop().then(() => process.exit(130)));
  try {
    await system.start();
    await work(system);
  } finally {
    await system.stop();
  }
}
