// `npm run replay -- [--service stops] [--aggregate ID] [--from TIME]`
import { prepare } from '../dev/prepare.js';

prepare();
const { runOps } = await import('../../dist/tools/operate/commands/run-admin.js');
process.exit(await runOps('replay', process.argv.slice(2)));
