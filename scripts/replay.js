// `npm run replay -- [--service stops] [--aggregate ID] [--from TIME]`
import { prepare } from './prepare.js';

prepare();
const { runOps } = await import('../dist/scripts/commands/run-ops.js');
process.exit(await runOps('replay', process.argv.slice(2)));
