import { licencesOf } from './licences.js';
import { readLockfile } from './lockfile.js';

/** `npm run licences`: every package of the lockfile with its licence. @returns the exit code: 1 where one is not allowed */
export function listLicences(): number {
  const all = licencesOf(readLockfile());
  for (const { name, version, licence, isAllowed } of all)
    console.log(`${isAllowed ? '' : 'NOT ALLOWED: '}${name} ${version}: ${licence ?? 'no licence'}`);
  return all.every(({ isAllowed }) => isAllowed) ? 0 : 1;
}
