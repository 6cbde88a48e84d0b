import { Labelled } from '../../form/fields.js';
import type { ImportOptions } from './import-request.js';
import { t } from './words.js';

interface Props {
  readonly options: ImportOptions;
  readonly onChange: (options: ImportOptions) => void;
}

/** How the file is taken. */
export function OptionsForm({ options, onChange }: Props) {
  const set = (changed: Partial<ImportOptions>): void => onChange({ ...options, ...changed });
  return (
    <>
      <label className="tick">
        <input
          type="checkbox"
          checked={options.isAligned}
          onChange={(event) => set({ isAligned: event.target.checked })}
        />
        <span>{t.align}</span>
      </label>
      <div className="two">
        <Picked
          label={t.existing}
          words={t.existings}
          value={options.existing}
          onChange={(existing) => set({ existing })}
        />
        <Picked
          label={t.unplaced}
          words={t.unplaceds}
          value={options.unplaced}
          onChange={(unplaced) => set({ unplaced })}
        />
      </div>
    </>
  );
}

interface PickedProps<Value extends string> {
  readonly label: string;
  readonly words: Readonly<Record<Value, string>>;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

function Picked<Value extends string>({ label, words, value, onChange }: PickedProps<Value>) {
  return (
    <Labelled label={label} isRequired>
      {(described) => (
        <select
          {...described}
          className="field-input"
          value={value}
          onChange={(event) => onChange(event.target.value as Value)}
        >
          {Object.entries<string>(words).map(([one, text]) => (
            <option key={one} value={one}>
              {text}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}
