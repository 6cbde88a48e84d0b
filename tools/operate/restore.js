// `npm run restore -- FOLDER [--replace]`, while no system runs.
import { prepare } from '../dev/prepare.js';

prepare();
process.setSourceMapsEnabled(true);
const { npmRestore } = await import('../../dist/tools/operate/backup/npm-restore.js');
process.exit(await npmRestore(process.argv.slice(2)));
