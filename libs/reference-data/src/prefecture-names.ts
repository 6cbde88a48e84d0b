import { cityOf, prefectureOf } from './city-codes.js';
import { prefectureNameRows } from './prefecture-names.data.js';

const names = new Map(
  prefectureNameRows
    .trim()
    .split('\n')
    .map((row): [string, string] => [row.slice(0, 6), row.slice(7)]),
);

/** The usual English name of the city in which a division lies; null where it has none, as counties under a province. */
export function englishCityName(code: string): string | null {
  const prefecture = prefectureOf(code);
  return cityOf(code)?.en ?? names.get(prefecture) ?? cityOf(prefecture)?.en ?? null;
}
