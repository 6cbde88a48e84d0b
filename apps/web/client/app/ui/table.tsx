import { useState, type ReactNode } from 'react';
import { words } from '../words/index.js';
import { Button } from './ui.js';

export interface Column<Row> {
  readonly head: string;
  readonly cell: (row: Row) => ReactNode;
  readonly isNumber?: boolean;
  /** The head names what stands in it to readers alone, as for buttons. */
  readonly isHeadHidden?: boolean;
}

interface TableProps<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  readonly empty: string;
}

/** More come by a button: a list of a thousand stays quick, and the browser's own search finds what is shown. */
const rowsAtOnce = 100;

export function Table<Row>({ label, columns, rows, keyOf, empty }: TableProps<Row>) {
  const [shown, setShown] = useState(rowsAtOnce);
  if (rows.length === 0) return <p className="empty">{empty}</p>;
  return (
    <>
      <div className="table-box" role="region" aria-label={label} tabIndex={0}>
        <table className="cards-when-narrow">
          <thead>
            <tr>
              {columns.map(({ head, isNumber, isHeadHidden }) => (
                <th key={head} scope="col" className={isNumber === true ? 'number' : undefined}>
                  {isHeadHidden === true ? <span className="hidden-visually">{head}</span> : head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, shown).map((row) => (
              <tr key={keyOf(row)}>
                {columns.map(({ head, cell, isNumber, isHeadHidden }) => (
                  <td
                    key={head}
                    className={isNumber === true ? 'number' : undefined}
                    data-head={isHeadHidden === true ? undefined : head}
                  >
                    {cell(row)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > shown ? (
        <p>
          <Button look="plain" onPress={() => setShown((now) => now + rowsAtOnce)}>
            {words.console.more(rows.length - shown)}
          </Button>
        </p>
      ) : null}
    </>
  );
}

/** Terms and what they are: the description list of one thing. */
export function Facts({ facts }: { facts: readonly (readonly [term: string, value: ReactNode])[] }) {
  return (
    <dl className="facts">
      {facts.map(([term, value]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
