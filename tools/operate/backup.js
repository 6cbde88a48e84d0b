// `npm run backup -- FOLDER`, beside a running system.
import { prepare } from '../dev/prepare.js';

prepare();
process.setSourceMapsEnabled(true);
const { npmBackup } = await import('../../dist/tools/operate/backup/npm-backup.js');
process.exit(await npmBackup(process.argv.slice(2)));
