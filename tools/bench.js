// `npm run bench`, and `npm run bench -- S A` for parts of it.
import { prepare } from './dev/prepare.js';

prepare();
process.setSourceMapsEnabled(true);
const { main } = await import('../dist/tools/bench/main.js');
process.exit(await main(process.argv.slice(2)));
