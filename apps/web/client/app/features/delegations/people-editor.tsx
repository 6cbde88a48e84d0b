import { startTransition, useCallback, useState } from 'react';
import { Button } from '../../ui/ui.js';
import { words } from '../../words/index.js';
import { emptyRow, parsePeople, personFields, type PersonField, type PersonRow } from './paste.js';
import { PersonLine } from './person-line.js';
import { pointerOf, type CellFault } from './row-faults.js';

const t = words.register;

type Rows = readonly PersonRow[];

/** From the rows as they are by then: some may be on their way. */
export type RowsChange = (now: Rows) => Rows;

interface Props {
  readonly rows: Rows;
  /** The same one for as long as the list is shown, so that a line is drawn anew with its own person alone. */
  readonly onChange: (change: RowsChange) => void;
  /** Words of faults by pointer; those of untouched cells are left out until somebody goes on. */
  readonly faults: ReadonlyMap<string, string>;
}

/** The people of a delegation, a line each; a card each on a phone. */
export function PeopleEditor({ rows, onChange, faults }: Props) {
  const set = useCallback(
    (at: number, field: PersonField, value: string) =>
      onChange((now) => now.map((row, index) => (index === at ? { ...row, [field]: value } : row))),
    [onChange],
  );
  const remove = useCallback(
    (at: number) => onChange((now) => now.filter((_, index) => index !== at)),
    [onChange],
  );
  return (
    <>
      <PasteBox onTake={(people) => onChange((now) => [...now.filter((row) => !isEmpty(row)), ...people])} />
      <ol className="people">
        {rows.map((row, at) => (
          <PersonLine
            key={at}
            at={at}
            row={row}
            faults={personFields.map((field) => faults.get(pointerOf(at, field)))}
            canRemove={rows.length > 1}
            onSet={set}
            onRemove={remove}
          />
        ))}
      </ol>
      <p>
        <Button look="plain" onPress={() => onChange((now) => [...now, emptyRow])}>
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
    setText('');
    // A hundred lines take a while to draw; what is pressed or typed meanwhile goes before.
    startTransition(() => {
      onTake(people);
      setTaken(people.length);
    });
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
