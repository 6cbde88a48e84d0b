// `npm run demo`: replays the Chengdu stop over the public API.
import { prepare } from './prepare.js';

prepare();
process.setSourceMapsEnabled(true);
const { main } = await import('../dist/scripts/demo/main.js');
process.exit(await main());
