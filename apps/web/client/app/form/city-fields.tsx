import { useState } from 'react';
import { lang, wordsOf } from '../words/index.js';
import { Labelled } from './fields.js';
import { citiesOf, provinceOf, provinces, type Place } from './places.js';

const t = wordsOf({
  zh: { province: '省、直辖市、自治区、特别行政区', city: '城市' },
  en: { province: 'Province', city: 'City' },
});

interface Props {
  /** The code of GB/T 2260; empty where none is chosen yet. */
  readonly city: string;
  readonly onChange: (city: string) => void;
  readonly fault?: string | undefined;
  readonly isRequired?: boolean;
}

/** Two plain lists, which every phone and screen reader knows. */
export function CityFields({ city, onChange, fault, isRequired = false }: Props) {
  const [province, setProvince] = useState(() => provinceOf(city));
  const choose = (code: string): void => {
    setProvince(code);
    const cities = code === '' ? [] : citiesOf(code);
    onChange(cities.length === 1 ? (cities[0]?.code ?? '') : '');
  };
  const cities = province === '' ? [] : citiesOf(province);
  return (
    <div className="two">
      <Labelled label={t.province} isRequired={isRequired}>
        {(described) => (
          <select
            {...described}
            className="field-input"
            value={province}
            onChange={(event) => choose(event.target.value)}
          >
            <Options places={provinces} />
          </select>
        )}
      </Labelled>
      <Labelled label={t.city} fault={fault} isRequired={isRequired}>
        {(described) => (
          <select
            {...described}
            className="field-input"
            value={city}
            disabled={cities.length === 0}
            onChange={(event) => onChange(event.target.value)}
          >
            <Options places={cities} />
          </select>
        )}
      </Labelled>
    </div>
  );
}

function Options({ places }: { places: readonly Place[] }) {
  return (
    <>
      <option value="" />
      {places.map((one) => (
        <option key={one.code} value={one.code}>
          {lang === 'en' && one.en !== undefined ? one.en : one.zh}
        </option>
      ))}
    </>
  );
}
