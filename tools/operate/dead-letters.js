// `npm run dead-letters -- list|replay|drop [--service stops] [--id ID|--all]`
import { prepare } from '../dev/prepare.js';

prepare();
const { runOps } = await import('../../dist/tools/operate/commands/run-admin.js');
process.exit(await runOps('dead-letters', process.argv.slice(2)));
