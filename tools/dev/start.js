// `npm start`. Everything after the preparation happens in this one process, so that signals reach it.
import { prepare } from './prepare.js';

prepare();
process.setSourceMapsEnabled(true);
const { npmStart } = await import('../../dist/tools/dev/system/npm-start.js');
await npmStart();
