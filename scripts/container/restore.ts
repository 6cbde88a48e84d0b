import { readConfigOrExit } from '#service';
import { dropStream } from '../backup/drop-stream.js';
import { linesOf } from '../backup/lines-of.js';
import { backupOrder } from '../backup/order.js';
import { restoreArguments } from '../backup/restore-arguments.js';
import { restoreBackup } from '../backup/restore-backup.js';
import { reportFailure } from '../commands/report-failure.js';
import { migrate } from '../system/databases.js';
import { appRoles, fourDatabases, operatorOfBroker, rolesIn, urlsIn } from './backup-settings.js';

try {
  const { folder, replace } = restoreArguments(process.argv.slice(2));
  const config = readConfigOrExit({ ...fourDatabases, ...operatorOfBroker, ...appRoles });
  const [urlOf, roles] = [urlsIn(config), rolesIn(config)];
  const deleteStream = async () => void (await dropStream(config.NATS_URL, config.NATS_NKEY_SEED));
  const manifest = await restoreBackup(folder, { urlOf, replace, deleteStream });
  const { signal } = new AbortController();
  const settings = backupOrder.map((service) => [
    service,
    { DATABASE_URL: urlOf(service), DATABASE_APP_ROLE: roles[service] },
  ]);
  await migrate(Object.fromEntries(settings), signal);
  process.stdout.write(`Restored from ${folder}:\n${linesOf(manifest)}Now start the services.\n`);
} catch (error) {
  process.exitCode = reportFailure(error);
}
