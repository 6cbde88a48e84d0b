import { readConfigOrExit } from '#service';
import { linesOf } from '../operate/backup/lines-of.js';
import { oneFolder } from '../operate/backup/npm-backup.js';
import { writeBackup } from '../operate/backup/write-backup.js';
import { reportFailure } from '../operate/commands/report-failure.js';
import { allDatabases, urlsIn } from './backup-settings.js';

try {
  const folder = oneFolder(process.argv.slice(2));
  const urlOf = urlsIn(readConfigOrExit(allDatabases));
  process.stdout.write(`Wrote ${folder}:\n${linesOf(await writeBackup(folder, { urlOf }))}`);
} catch (error) {
  process.exitCode = reportFailure(error);
}
