import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { inLang, type Localized } from '../../../../shared/language.js';
import { companies } from '../../api/queries.js';
import { Field, Loaded } from '../../ui/ui.js';
import { lang } from '../../words/index.js';
import { t } from './ledger-words.js';

interface Props {
  readonly legend: string;
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
  readonly fault?: string | undefined;
  /** One company alone can be chosen. */
  readonly isSingle?: boolean;
}

const shownAtOnce = 8;

/** Finds companies by their names; those that are chosen stay in sight. */
export function CompanyPicker(props: Props) {
  const query = useQuery(companies(''));
  return (
    <Loaded query={query}>
      {(known) => <Picker {...props} known={known.map(({ id, name }) => ({ id, name }))} />}
    </Loaded>
  );
}

interface Known {
  readonly id: string;
  readonly name: Localized;
}

function Picker({
  legend,
  chosen,
  onChange,
  fault,
  isSingle = false,
  known,
}: Props & { known: readonly Known[] }) {
  const [q, setQ] = useState('');
  const group = useId();
  const wanted = q.normalize('NFKC').toLowerCase().trim();
  const fitting = known.filter(
    ({ id, name }) =>
      !chosen.includes(id) && `${name.zh ?? ''} ${name.en ?? ''}`.toLowerCase().includes(wanted),
  );
  const choose = (id: string): void => {
    if (isSingle) return onChange([id]);
    onChange(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  };
  const shown = [...known.filter(({ id }) => chosen.includes(id)), ...fitting.slice(0, shownAtOnce)];
  return (
    <fieldset className="ticks">
      <legend className="field-label">{legend}</legend>
      <Field name={`search ${group}`} isSearch label={t.search} value={q} onChange={setQ} />
      {shown.map(({ id, name }) => (
        <label className="tick" key={id}>
          <input
            type={isSingle ? 'radio' : 'checkbox'}
            name={group}
            checked={chosen.includes(id)}
            onChange={() => choose(id)}
          />
          <span>{inLang(name, lang)}</span>
        </label>
      ))}
      {fitting.length > shownAtOnce ? <span className="field-hint">{t.more}</span> : null}
      {shown.length === 0 ? <span className="field-hint">{t.noMatch}</span> : null}
      {fault === undefined ? null : <span className="field-fault">{fault}</span>}
    </fieldset>
  );
}

/** The names of companies by their ids, as far as they are known here. */
export function useCompanyNames(): (ids: readonly string[]) => string {
  const query = useQuery(companies(''));
  const names = new Map((query.data ?? []).map(({ id, name }) => [id, name]));
  return (ids) =>
    ids
      .map((id) => {
        const name = names.get(id);
        return name === undefined ? '…' : inLang(name, lang);
      })
      .join(lang === 'zh' ? '、' : ', ');
}
