import { writeMissingSecrets } from './secrets.js';

const folder = process.argv[2];
if (folder === undefined) {
  process.stderr.write('Name the folder to write to.\n');
  process.exit(64);
}
const written = writeMissingSecrets(folder);
process.stdout.write(written.length === 0 ? 'Nothing is missing.\n' : `Wrote ${written.join(', ')}.\n`);
