// `npm run test:upgrade`, and `npm run test:upgrade -- REVISION` to upgrade from another one.
import { prepare } from '../dev/prepare.js';

prepare();
process.setSourceMapsEnabled(true);
const { main } = await import('../../dist/tools/release/upgrade/main.js');
process.exit(await main(process.argv.slice(2)));
