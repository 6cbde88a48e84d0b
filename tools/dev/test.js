// `npm test`, and `npm test -- seats` for a part of it.
import { prepare } from './prepare.js';

prepare();
process.setSourceMapsEnabled(true);
const { npmTest } = await import('../../dist/tools/dev/system/npm-test.js');
process.exit(await npmTest(process.argv.slice(2)));
