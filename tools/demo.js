// `npm run demo`: replays the Chengdu stop over the public API.
import { prepare } from './dev/prepare.js';

prepare();
process.setSourceMapsEnabled(true);
const { main } = await import('../dist/tools/demo/main.js');
process.exit(await main());
