import { readConfigOrExit } from '#service';
import { dropStream } from '../operate/backup/drop-stream.js';
import { linesOf } from '../operate/backup/lines-of.js';
import { backupOrder } from '../operate/backup/order.js';
import { restoreArguments } from '../operate/backup/restore-arguments.js';
import { restoreBackup } from '../operate/backup/restore-backup.js';
import { reportFailure } from '../operate/commands/report-failure.js';
import { migrate } from '../dev/system/databases.js';
import { appRoles, allDatabases, operatorOfBroker, rolesIn, urlsIn } from './backup-settings.js';

try {
  const { folder, replace } = restoreArguments(process.argv.slice(2));
  const broker = readConfigOrExit(operatorOfBroker);
  const urlOf = urlsIn(readConfigOrExit(allDatabases));
  const roleOf = rolesIn(readConfigOrExit(appRoles));
  const deleteStream = async () => void (await dropStream(broker.NATS_URL, broker.NATS_NKEY_SEED));
  const manifest = await restoreBackup(folder, { urlOf, replace, deleteStream });
  const { signal } = new AbortController();
  const settings = backupOrder.map((service) => [
    service,
    { DATABASE_URL: urlOf(service), DATABASE_APP_ROLE: roleOf(service) },
  ]);
  await migrate(Object.fromEntries(settings), signal);
  process.stdout.write(`Restored from ${folder}:\n${linesOf(manifest)}Now start the services.\n`);
} catch (error) {
  process.exitCode = reportFailure(error);
}
