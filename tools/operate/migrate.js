// `npm run migrate`: brings the tables of all services to this version, without starting them.
import { prepare } from '../dev/prepare.js';

prepare();
process.setSourceMapsEnabled(true);
const { npmMigrate } = await import('../../dist/tools/operate/commands/npm-migrate.js');
process.exit(await npmMigrate());
