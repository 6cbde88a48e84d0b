import { memo } from 'react';
import { Labelled } from '../../form/fields.js';
import { Button } from '../../ui/ui.js';
import { words } from '../../words/index.js';
import { personFields, type PersonField, type PersonRow } from './paste.js';
import { pointerOf } from './row-faults.js';

const t = words.register;
const types = { name: 'text', email: 'email', mobile: 'tel', jobTitle: 'text' } as const;

interface PersonLineProps {
  readonly at: number;
  readonly row: PersonRow;
  /** Of each field, in the order of `personFields`. */
  readonly faults: readonly (string | undefined)[];
  readonly canRemove: boolean;
  /** The same ones for as long as the list is shown. */
  readonly onSet: (at: number, field: PersonField, value: string) => void;
  readonly onRemove: (at: number) => void;
}

/** One person of a delegation. Of a hundred, only the one is drawn anew that somebody types into. */
export const PersonLine = memo(function PersonLine(props: PersonLineProps) {
  const { at, row, faults, canRemove, onSet, onRemove } = props;
  return (
    <li className="person" aria-label={t.person(at + 1)}>
      <span className="person-number" aria-hidden="true">
        {at + 1}
      </span>
      {personFields.map((field, index) => (
        <Labelled
          key={field}
          label={t[field]}
          fault={faults[index]}
          isRequired={field === 'name' || field === 'email'}
        >
          {(described) => (
            <input
              {...described}
              className="field-input"
              name={pointerOf(at, field)}
              type={types[field]}
              autoComplete="off"
              value={row[field]}
              onChange={(event) => onSet(at, field, event.target.value)}
            />
          )}
        </Labelled>
      ))}
      {canRemove ? (
        <Button look="link" aria-label={t.remove(at + 1)} onPress={() => onRemove(at)}>
          ✕
        </Button>
      ) : null}
    </li>
  );
}, isSame);

function isSame(one: PersonLineProps, other: PersonLineProps): boolean {
  return (
    one.at === other.at &&
    one.row === other.row &&
    one.canRemove === other.canRemove &&
    one.onSet === other.onSet &&
    one.onRemove === other.onRemove &&
    one.faults.every((fault, index) => fault === other.faults[index])
  );
}
