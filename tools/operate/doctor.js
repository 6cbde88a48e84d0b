// `npm run doctor`: what is wrong here, and what to do about it.
import { prepare } from '../dev/prepare.js';

prepare();
process.setSourceMapsEnabled(true);
const { npmDoctor } = await import('../../dist/tools/operate/doctor/npm-doctor.js');
process.exit(await npmDoctor());
