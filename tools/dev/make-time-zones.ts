/**
 * Makes libs/reference-data/src/time-zones.data.ts, the names of time zones that stops may have.
 *
 * Source: the tz database (public domain), as a system carries it in /usr/share/zoneinfo: `zone.tab` lists a zone for
 * each place, and `tzdata.zi` the links from older and other names. A link that is listed for a country of its own
 * (Europe/Stockholm) stays a name of its own, as ECMA-402 and Debian have it.
 *
 *   node --import ./tools/dev/typescript.js tools/dev/make-time-zones.ts /usr/share/zoneinfo
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.argv[2];
if (folder === undefined) throw new Error('Name the folder of zone.tab and tzdata.zi.');
const linesOf = (file: string) => readFileSync(join(folder, file), 'utf8').trim().split('\n');

const names = linesOf('zone.tab')
  .filter((line) => !line.startsWith('#'))
  .flatMap((line) => line.split('\t')[2] ?? [])
  .sort();
const places = new Set(names);
const links = new Map(
  linesOf('tzdata.zi').flatMap((line) => {
    const [kind, target = '', name = ''] = line.split(' ');
    return kind === 'L' ? [[name, target] as const] : [];
  }),
);

/** What a name links to in the end, where that is the zone of a place. */
function placeOf(name: string): string | null {
  if (places.has(name)) return name;
  const target = links.get(name);
  return target === undefined ? null : placeOf(target);
}

const linked = [...links.keys()]
  .filter((name) => name.includes('/') && !places.has(name))
  .flatMap((name) => {
    const place = placeOf(name);
    return place === null ? [] : [`${name} ${place}`];
  })
  .sort();
const version = linesOf('tzdata.zi')[0]?.replace('# version ', '') ?? '';

writeFileSync(
  'libs/reference-data/src/time-zones.data.ts',
  `// Made by tools/dev/make-time-zones.ts; do not edit. Source: tz database ${version}, public domain.

/** The zones that the tz database lists for places, one a line. */
export const timeZoneNames = \`
${names.join('\n')}
\`;

/** Other names with a place in them, each with the zone that it links to. */
export const timeZoneLinks = \`
${linked.join('\n')}
\`;
`,
);
console.log(`${names.length} zones and ${linked.length} links written`);
