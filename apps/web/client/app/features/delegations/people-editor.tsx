import { useState } from 'react';
import { Button, Field } from '../../ui/ui.js';
import { words } from '../../words/index.js';
import { emptyRow, parsePeople, personFields, type PersonField, type PersonRow } from './paste.js';
import { pointerOf, type CellFault } from './row-faults.js';

const t = words.register;

interface Props {
  readonly rows: readonly PersonRow[];
  readonly onChange: (rows: readonly PersonRow[]) => void;
  /** Words of faults by pointer; those of untouched cells are left out until somebody goes on. */
  readonly faults: ReadonlyMap<string, string>;
}

const types = { name: 'text', email: 'email', mobile: 'tel', jobTitle: 'text' } as const;

/** The people of a delegation, a line each; a card each on a phone. */
export function PeopleEditor({ rows, onChange, faults }: Props) {
  const set = (at: number, field: PersonField, value: string): void =>
    onChange(rows.map((row, index) => (index === at ? { ...row, [field]: value } : row)));
  return (
    <>
      <PasteBox onTake={(people) => onChange([...rows.filter((row) => !isEmpty(row)), ...people])} />
      <ol className="people">
        {rows.map((row, at) => (
          <li key={at} className="person" aria-label={t.person(at + 1)}>
            <span className="person-number" aria-hidden="true">
              {at + 1}
            </span>
            {personFields.map((field) => (
              <Field
                key={field}
                name={pointerOf(at, field)}
                type={types[field]}
                label={t[field]}
                value={row[field]}
                onChange={(value) => set(at, field, value)}
                fault={faults.get(pointerOf(at, field))}
                isRequired={field === 'name' || field === 'email'}
              />
            ))}
            {rows.length > 1 ? (
              <Button
                look="link"
                aria-label={t.remove(at + 1)}
                onPress={() => onChange(rows.filter((_, index) => index !== at))}
              >
                ✕
              </Button>
            ) : null}
          </li>
        ))}
      </ol>
      <p>
        <Button look="plain" onPress={() => onChange([...rows, emptyRow])}>
          {t.add}
        </Button>
      </p>
    </>
  );
}

function PasteBox({ onTake }: { onTake: (people: readonly PersonRow[]) => void }) {
  const [text, setText] = useState('');
  const [taken, setTaken] = useState(0);
  const people = text.trim() === '' ? [] : parsePeople(text);
  const take = (): void => {
    onTake(people);
    setTaken(people.length);
    setText('');
  };
  return (
    <details className="panel paste">
      <summary>{t.paste}</summary>
      <label className="field">
        <span className="field-hint">{t.pasteHint}</span>
        <textarea
          className="field-input"
          rows={5}
          value={text}
          onChange={(event) => setText(event.target.value)}
          aria-label={t.paste}
        />
      </label>
      {people.length > 0 ? <Preview people={people} /> : null}
      <p className="actions">
        <Button look="plain" isDisabled={people.length === 0} onPress={take}>
          {t.pasteTake(people.length)}
        </Button>
        <span role="status" className="muted">
          {text.trim() !== '' && people.length === 0 ? t.pasteNone : ''}
          {taken > 0 && text === '' ? t.taken(taken) : ''}
        </span>
      </p>
    </details>
  );
}

const previewRows = 5;

function Preview({ people }: { people: readonly PersonRow[] }) {
  return (
    <div className="table-box" tabIndex={0} role="region" aria-label={t.paste}>
      <table>
        <thead>
          <tr>
            {personFields.map((field) => (
              <th key={field} scope="col">
                {t[field]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {people.slice(0, previewRows).map((row, at) => (
            <tr key={at}>
              {personFields.map((field) => (
                <td key={field}>{row[field]}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {people.length > previewRows ? <p className="muted">… +{people.length - previewRows}</p> : null}
    </div>
  );
}

export const isEmpty = (row: PersonRow): boolean => personFields.every((field) => row[field].trim() === '');

export const faultWords = (faults: ReadonlyMap<string, CellFault>): Map<string, string> =>
  new Map([...faults].map(([pointer, fault]) => [pointer, words.faults[fault]]));
