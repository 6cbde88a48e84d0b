import type { DatabaseServiceName } from '#contracts';
import { Restoration, RestoreRefused, type Manifest } from '#persistence';
import { loadService } from '../../dev/system/load-service.js';
import { CannotRun } from '../commands/command-error.js';
import type { UrlOf } from './order.js';
import { readBackup } from './read-backup.js';

export interface RestoreOptions {
  /** As the owners of the databases. */
  readonly urlOf: UrlOf;
  /** Whether rows that are there may go. */
  readonly replace: boolean;
  /** Called when all is loaded and nothing is committed yet: events of a time that is undone must reach nobody. */
  readonly deleteStream: () => Promise<void>;
}

/**
 * Puts all databases back to one backup, while no service runs. Each is all or nothing; all are loaded before the
 * first is committed, so a failure that comes before the last moment leaves every one as it was.
 * @throws CannotRun with nothing changed
 */
export async function restoreBackup(folder: string, options: RestoreOptions): Promise<Manifest> {
  const manifest = await readBackup(folder);
  const begun = await beginAll(manifest, options);
  try {
    for (const { restoration, afterRestore } of begun) await restoration.load(folder, afterRestore);
    await options.deleteStream();
    await commitAll(manifest, begun);
    return manifest;
  } catch (error) {
    await rollBack(begun);
    throw error instanceof RestoreRefused ? new CannotRun(error.message) : error;
  }
}

interface Begun {
  readonly restoration: Restoration;
  readonly afterRestore: readonly string[];
}

/** All are asked before any is touched, and every refusal is named. */
async function beginAll(manifest: Manifest, options: RestoreOptions): Promise<Begun[]> {
  const begun: Begun[] = [];
  const refusals: string[] = [];
  try {
    for (const backup of manifest.databases) {
      const service = backup.service as DatabaseServiceName;
      const { replace, urlOf } = options;
      const { database } = await loadService(service);
      await Restoration.begin(database.dataSource, urlOf(service), backup, { replace }).then(
        (restoration) => begun.push({ restoration, afterRestore: database.afterRestore ?? [] }),
        (error: unknown) => refusals.push(reasonOf(error, service)),
      );
    }
    if (refusals.length > 0) throw new CannotRun(refusals.join('\n'));
    return begun;
  } catch (error) {
    await rollBack(begun);
    throw error;
  }
}

async function commitAll({ databases }: Manifest, begun: readonly Begun[]): Promise<void> {
  for (const [index, { restoration }] of begun.entries()) {
    await restoration.commit().catch((error: unknown) => {
      const done = databases.slice(0, index).map(({ service }) => service);
      const what = done.length === 0 ? 'Nothing was restored' : `Only ${done.join(', ')} was restored`;
      throw new CannotRun(`${what}: ${String(error)}. Repeat it, with --replace.`);
    });
  }
}

async function rollBack(begun: readonly Begun[]): Promise<void> {
  for (const { restoration } of begun) await restoration.rollback().catch(() => undefined);
}

function reasonOf(error: unknown, service: DatabaseServiceName): string {
  if (error instanceof RestoreRefused) return error.message;
  return `${service}: ${error instanceof Error ? error.message : String(error)}`;
}
