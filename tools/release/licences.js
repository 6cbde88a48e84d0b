// Prints every package of the lockfile with its licence; ends with 1 where one is not allowed.
import { prepare } from '../dev/prepare.js';

prepare();
const { licencesOf } = await import('../../dist/tools/release/supply-chain/licences.js');
const { readLockfile } = await import('../../dist/tools/release/supply-chain/lockfile.js');
const all = licencesOf(readLockfile());
for (const { name, version, licence, isAllowed } of all)
  console.log(`${isAllowed ? '' : 'NOT ALLOWED: '}${name} ${version}: ${licence ?? 'no licence'}`);
if (all.some(({ isAllowed }) => !isAllowed)) process.exitCode = 1;
