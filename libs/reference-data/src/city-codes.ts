import { cityRows } from './city-codes.data.js';

/** A division of GB/T 2260. English names exist where the source has them: for provinces and municipalities. */
export type City = {
  code: string;
  zh: string;
  en: string | null;
  level: 'province' | 'prefecture' | 'county';
};

const cities = new Map(cityRows.trim().split('\n').map(parseRow));

/** Beijing, Tianjin, Shanghai, Chongqing, Taiwan, Hong Kong, Macao: one place each, whichever of their codes is used. */
const onePlaceEach = new Set(['11', '12', '31', '50', '71', '81', '82']);

/** The division of a code, or null where the table has none. */
export function cityOf(code: string): City | null {
  return cities.get(code) ?? null;
}

/** Whether a workshop can take place there: any province, prefecture or county of the table. */
export function isCityCode(code: string): boolean {
  return cities.has(code);
}

/** The name as a LocalizedText (no `en` where no source has one), or null for an unknown code. */
export function cityName(code: string): { zh: string; en?: string } | null {
  const city = cityOf(code);
  if (city === null) return null;
  return city.en === null ? { zh: city.zh } : { zh: city.zh, en: city.en };
}

/**
 * The code that two places in reach of each other share, for travel times between cities. Districts belong to their
 * prefecture; counties directly under a province (xx90xx) are places of their own. Needs no table, so a code that
 * a later table drops still has its place.
 */
export function prefectureOf(code: string): string {
  const province = code.slice(0, 2);
  if (onePlaceEach.has(province)) return `${province}0000`;
  return code.slice(2, 4) === '90' ? code : `${code.slice(0, 4)}00`;
}

function parseRow(row: string): [string, City] {
  const [code = '', zh = '', ...english] = row.split(' ');
  const level = code.endsWith('0000') ? 'province' : code.endsWith('00') ? 'prefecture' : 'county';
  return [code, { code, zh, en: english.length === 0 ? null : english.join(' '), level }];
}
