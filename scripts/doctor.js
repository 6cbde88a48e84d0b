// `npm run doctor`: what is wrong here, and what to do about it.
import { prepare } from './prepare.js';

prepare();
process.setSourceMapsEnabled(true);
const { npmDoctor } = await import('../dist/scripts/doctor/npm-doctor.js');
process.exit(await npmDoctor());
