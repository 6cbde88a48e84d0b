/**
 * Makes libs/reference-data/src/calling-codes.data.ts: which calling codes exist and how long their numbers can be.
 *
 * Source: libphonenumber-js 1.13.16 (MIT), whose metadata come from Google's libphonenumber (Apache-2.0). It is no
 * dependency, since it is 70 modules that each process would load to learn the little that stands in this table, and
 * its rules for China take numbers of 10 and of 12 digits. Install it into a folder outside this project and name it:
 *   npm install --prefix <folder> --ignore-scripts libphonenumber-js@1.13.16
 *   node --import ./tools/dev/typescript.js tools/dev/make-calling-codes.ts <folder>
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** A country is a list: [0] its calling code, [3] the possible lengths, [5] the digit that is dialled only inside it. */
const Country = z.array(z.unknown());
const Metadata = z.object({
  country_calling_codes: z.record(z.string(), z.array(z.string())),
  countries: z.record(z.string(), Country),
  nonGeographic: z.record(z.string(), Country),
});

const folder = process.argv[2];
if (folder === undefined)
  throw new Error('Name the folder that holds the package; see the head of this script.');
const file = join(folder, 'node_modules/libphonenumber-js/metadata.min.json');
const metadata = Metadata.parse(JSON.parse(readFileSync(file, 'utf8')));

function rowOf([code, regions]: [string, string[]]): string {
  const countries = regions.map((region) => metadata.countries[region] ?? metadata.nonGeographic[code] ?? []);
  const lengths = new Set(countries.flatMap((country) => z.array(z.number()).parse(country[3])));
  const hasTrunkZero = countries.some((country) => country[5] === '0');
  return `${code} ${[...lengths].sort((a, b) => a - b).join(',')}${hasTrunkZero ? ' 0' : ''}`;
}

const rows = Object.entries(metadata.country_calling_codes).map(rowOf);
writeFileSync(
  'libs/reference-data/src/calling-codes.data.ts',
  `// Made by tools/dev/make-calling-codes.ts; do not edit. Source: libphonenumber-js 1.13.16, MIT.

/** A calling code a line: the lengths that its numbers can have, and "0" where a leading 0 is dialled only inside. */
export const callingCodeRows = \`
${rows.join('\n')}
\`;
`,
);
console.log(`${rows.length} calling codes written`);
