import { useId, type ReactNode } from 'react';
import { Button, Problem } from '../ui/ui.js';
import { words } from '../words/index.js';
import type { Form } from './use-form.js';

type TextKey<Values> = { [Key in keyof Values]: Values[Key] extends string ? Key : never }[keyof Values];
type FlagKey<Values> = { [Key in keyof Values]: Values[Key] extends boolean ? Key : never }[keyof Values];

interface FieldProps<Values> {
  readonly form: Form<Values>;
  readonly at: TextKey<Values>;
  /** Where the value stands in the request, if not under its own name: faults of the API come to the field of this pointer. */
  readonly pointer?: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly isRequired?: boolean;
  /** One of a pair in two languages, of which either will do. */
  readonly isEither?: boolean;
}

const pointerTo = (at: PropertyKey): string => `/${String(at)}`;

interface Described {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': true | undefined;
  readonly 'aria-required': true | undefined;
}

interface LabelledProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly fault?: string | undefined;
  readonly isRequired?: boolean;
  readonly isEither?: boolean;
  readonly children: (described: Described) => ReactNode;
}

/** A label, a control, its hint and its fault, tied together for everybody. */
export function Labelled(props: LabelledProps): ReactNode {
  const { label, hint, fault, isRequired = false, isEither = false, children } = props;
  const id = useId();
  const notes = [hint === undefined ? null : `${id}-hint`, fault === undefined ? null : `${id}-fault`];
  const described = notes.filter((one) => one !== null).join(' ');
  return (
    <div className="field" data-invalid={fault === undefined ? undefined : true}>
      <label className="field-label" htmlFor={id}>
        {label}
        {isRequired ? null : <span className="muted"> ({isEither ? words.either : words.optional})</span>}
      </label>
      {children({
        id,
        'aria-describedby': described === '' ? undefined : described,
        'aria-invalid': fault === undefined ? undefined : true,
        'aria-required': isRequired ? true : undefined,
      })}
      {hint === undefined ? null : (
        <span className="field-hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      {fault === undefined ? null : (
        <span className="field-fault" id={`${id}-fault`}>
          {fault}
        </span>
      )}
    </div>
  );
}

interface LineProps<Values> extends FieldProps<Values> {
  readonly type?: 'text' | 'email' | 'tel' | 'url' | 'number' | 'password' | 'datetime-local' | 'time';
  readonly autoComplete?: string;
}

/** One line of text, or a date and time. */
export function Line<Values>({
  form,
  at,
  pointer = pointerTo(at),
  type = 'text',
  autoComplete = 'off',
  ...rest
}: LineProps<Values>) {
  return (
    <Labelled {...rest} fault={form.fault(pointer)}>
      {(described) => (
        <input
          {...described}
          className="field-input"
          name={pointer}
          type={type}
          autoComplete={autoComplete}
          value={String(form.values[at])}
          onChange={(event) => form.set({ [at]: event.target.value } as Partial<Values>)}
        />
      )}
    </Labelled>
  );
}

/** Several lines of text. */
export function Lines<Values>({
  form,
  at,
  pointer = pointerTo(at),
  rows = 3,
  ...rest
}: FieldProps<Values> & { rows?: number }) {
  return (
    <Labelled {...rest} fault={form.fault(pointer)}>
      {(described) => (
        <textarea
          {...described}
          className="field-input"
          name={pointer}
          rows={rows}
          value={String(form.values[at])}
          onChange={(event) => form.set({ [at]: event.target.value } as Partial<Values>)}
        />
      )}
    </Labelled>
  );
}

interface ChoiceProps<Values> extends FieldProps<Values> {
  readonly options: readonly (readonly [value: string, label: string])[];
  readonly isDisabled?: boolean;
}

/** One of a list: a plain list, which every phone and screen reader knows. */
export function Choice<Values>({
  form,
  at,
  pointer = pointerTo(at),
  options,
  isDisabled = false,
  ...rest
}: ChoiceProps<Values>) {
  return (
    <Labelled {...rest} fault={form.fault(pointer)}>
      {(described) => (
        <select
          {...described}
          className="field-input"
          name={pointer}
          disabled={isDisabled}
          value={String(form.values[at])}
          onChange={(event) => form.set({ [at]: event.target.value } as Partial<Values>)}
        >
          {options.map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}

const languages = [
  ['zh', '中文'],
  ['en', 'English'],
] as const;

interface LanguageChoiceProps<Values> extends FieldProps<Values> {
  /** The words of the choice of neither, where there is one. */
  readonly none?: string;
}

/** One of the two languages, each by its own name. */
export function LanguageChoice<Values>({ none, ...rest }: LanguageChoiceProps<Values>) {
  return <Choice {...rest} options={none === undefined ? languages : [['', none], ...languages]} />;
}

interface TickProps<Values> {
  readonly form: Form<Values>;
  readonly at: FlagKey<Values>;
  readonly label: string;
}

export function Tick<Values>({ form, at, label }: TickProps<Values>) {
  return (
    <label className="tick">
      <input
        type="checkbox"
        checked={form.values[at] === true}
        onChange={(event) => form.set({ [at]: event.target.checked } as Partial<Values>)}
      />
      <span>{label}</span>
    </label>
  );
}

interface TicksProps {
  readonly legend: string;
  readonly options: readonly (readonly [value: string, label: string])[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
  readonly fault?: string | undefined;
}

/** Any of a list. */
export function Ticks({ legend, options, chosen, onChange, fault }: TicksProps) {
  return (
    <fieldset className="ticks">
      <legend className="field-label">{legend}</legend>
      {options.map(([value, label]) => (
        <label className="tick" key={value}>
          <input
            type="checkbox"
            checked={chosen.includes(value)}
            onChange={(event) =>
              onChange(event.target.checked ? [...chosen, value] : chosen.filter((one) => one !== value))
            }
          />
          <span>{label}</span>
        </label>
      ))}
      {fault === undefined ? null : <span className="field-fault">{fault}</span>}
    </fieldset>
  );
}

/** A fault of two fields together: neither language is there. */
export function Whole({ fault }: { fault: string | undefined }) {
  return fault === undefined ? null : <p className="field-fault">{fault}</p>;
}

interface FormEndProps<Values> {
  readonly form: Form<Values>;
  readonly label: string;
  readonly isDisabled?: boolean;
  readonly children?: ReactNode;
}

/** What a form ends with: why it was refused, and its button. Stands behind all fields, so that it knows what they show. */
export function FormEnd<Values>({ form, label, isDisabled = false, children }: FormEndProps<Values>) {
  return (
    <>
      {form.isRestored && form.error === null ? <p className="muted">{words.register.kept}</p> : null}
      <Problem error={form.error} />
      <OtherFaults form={form} />
      <p className="actions">
        <Button type="submit" isDisabled={form.isBusy || isDisabled}>
          {label}
        </Button>
        {children}
      </p>
    </>
  );
}

function OtherFaults<Values>({ form }: { form: Form<Values> }) {
  const others = form.otherFaults();
  if (others.length === 0) return null;
  return (
    <ul className="field-fault">
      {others.map((one) => (
        <li key={one}>{one}</li>
      ))}
    </ul>
  );
}
