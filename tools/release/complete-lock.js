// `npm run complete-lock`, after a change of the dependencies. `npm ci` refuses a lockfile that does not name every
// optional package, also those for other platforms; npm leaves out those that its registry did not have at the time.
import { readFileSync, writeFileSync } from 'node:fs';
import { missingOptionals } from '../dev/prepare/packages.js';

const file = new URL('../../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(file, 'utf8'));
const missing = missingOptionals(lock.packages);
const packages = Object.entries({ ...lock.packages, ...missing });
packages.sort(([a], [b]) => (a < b ? -1 : 1));
writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(packages) }, null, 2)}\n`);
console.log(`Named ${Object.keys(missing).length} packages of other platforms in package-lock.json.`);
