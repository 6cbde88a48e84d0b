// `npm run dead-letters -- list|replay|drop [--service stops] [--id ID|--all]`
import { prepare } from './prepare.js';

prepare();
const { runOps } = await import('../dist/scripts/commands/run-ops.js');
process.exit(await runOps('dead-letters', process.argv.slice(2)));
