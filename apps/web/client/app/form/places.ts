import { cityRows } from '#reference-data/city-codes.data';

/** A province, or a city of one, by its code of GB/T 2260. */
export interface Place {
  readonly code: string;
  readonly zh: string;
  readonly en: string | undefined;
}

const places: readonly Place[] = cityRows
  .trim()
  .split('\n')
  .map((row) => {
    const [code = '', zh = '', ...english] = row.split(' ');
    return { code, zh, en: english.length === 0 ? undefined : english.join(' ') };
  });

export const provinces: readonly Place[] = places.filter(({ code }) => code.endsWith('0000'));

/** The cities of a province; where it has none of its own, as Beijing, the province itself. */
export function citiesOf(province: string): readonly Place[] {
  const cities = places.filter(
    ({ code }) => code.startsWith(province.slice(0, 2)) && code.endsWith('00') && !code.endsWith('0000'),
  );
  return cities.length > 0 ? cities : places.filter(({ code }) => code === province);
}

/** The province of a city; empty where there is no city yet. */
export function provinceOf(city: string): string {
  return city === '' ? '' : `${city.slice(0, 2)}0000`;
}
