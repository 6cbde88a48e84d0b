import { nameOf, type Lockfile } from './lockfile.js';

/** Licences (SPDX) that ask for no more than a notice: what is shipped may have only these. */
const shipped = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'PSF-2.0',
  'Unlicense',
]);
/** Besides, for tools that stay with developers. */
const tools = new Set([...shipped, 'CC-BY-4.0', 'MPL-2.0', 'Python-2.0']);

/** Packages that state their licence in a file LICENSE alone, as read there. */
const statedInFile: ReadonlyMap<string, string> = new Map([['png-js', 'MIT']]);

export interface Licensed {
  name: string;
  version: string;
  licence: string | null;
  isAllowed: boolean;
}

/** Each package of the lockfile with its licence, and whether it may be used where it is used. */
export function licencesOf(lockfile: Lockfile): Licensed[] {
  const inherited = licencesOfVariants(lockfile);
  return Object.entries(lockfile).map(([path, { version = '', license, dev }]) => {
    const name = nameOf(path);
    const licence = license ?? inherited.get(name) ?? statedInFile.get(name) ?? null;
    const isAllowed = licence !== null && mayBe(licence, dev === true ? tools : shipped);
    return { name, version, licence, isAllowed };
  });
}

/** Builds for other platforms are named without a licence; theirs is that of the package that asks for them. */
function licencesOfVariants(lockfile: Lockfile): Map<string, string> {
  return new Map(
    Object.values(lockfile).flatMap(({ license, optionalDependencies = {} }) =>
      license === undefined
        ? []
        : Object.keys(optionalDependencies).map((name): [string, string] => [name, license]),
    ),
  );
}

/** Of alternatives one must be allowed, of what holds together all. */
function mayBe(expression: string, allowed: ReadonlySet<string>): boolean {
  const plain = expression.replace(/^\((.*)\)$/, '$1');
  if (plain.includes(' OR ')) return plain.split(' OR ').some((one) => mayBe(one, allowed));
  return plain.split(' AND ').every((one) => allowed.has(one));
}
