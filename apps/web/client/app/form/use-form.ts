import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { ApiProblem, newIdempotencyKey } from '../api/call.js';
import { lang } from '../words/index.js';
import { faultWords } from '../words/faults.js';
import { changedFrom, forget, keep, readKept, rebased, withoutSecrets, type Kept } from './kept.js';
import { useKeptName } from './use-kept-name.js';

/** Faults by the pointer of the value that they are about. */
export type Faults = ReadonlyMap<string, string>;

interface FormOptions<Values, Answer> {
  /** Under which it is kept in this tab, for the one who is signed in. */
  readonly name: string;
  /** What it begins with. Where that changes, so do the fields that nobody has touched. */
  readonly empty: Values;
  /** Keys, secrets and addresses that are keys themselves: what is typed there is not kept. */
  readonly secrets?: readonly (keyof Values)[];
  readonly send: (values: Values, idempotencyKey: string) => Promise<Answer>;
  /** What the browser sees by itself. Nothing is sent while there are faults. */
  readonly check?: (values: Values) => Faults;
  readonly onDone: (answer: Answer) => unknown;
  /** After 412: what the form was made from is loaded anew, and what was typed stays. */
  readonly onStale?: () => unknown;
}

export interface Form<Values> {
  readonly values: Values;
  readonly set: (changed: Partial<Values>) => void;
  readonly submit: (event?: FormEvent) => void;
  /** What is wrong with the value at this pointer, or within it. */
  readonly fault: (pointer: string) => string | undefined;
  /** Faults that no field has shown. */
  readonly otherFaults: () => string[];
  readonly error: unknown;
  readonly isBusy: boolean;
  readonly isRestored: boolean;
  readonly reset: () => void;
}

/** A form whose content outlives reloads, whose faults are at their fields, and that sends one request however often it is pressed. */
export function useForm<Values extends object, Answer>(options: FormOptions<Values, Answer>): Form<Values> {
  const { empty, secrets = [], send, check, onDone, onStale } = options;
  const name = useKeptName(options.name);
  const [restored] = useState(() => readKept(name, empty));
  const [kept, setKept] = useState<Kept<Values>>(() => restored ?? fresh(empty));
  const [found, setFound] = useState<Faults>(new Map());
  const isSending = useRef(false);
  /** What the values are compared with, to know which of them were typed. */
  const base = useRef(empty);
  const begins = JSON.stringify(empty);
  const beganWith = useRef(begins);
  useEffect(() => {
    if (begins === beganWith.current) return;
    const before = base.current;
    beganWith.current = begins;
    base.current = empty;
    setKept(({ values, idempotencyKey }) => ({ values: rebased(before, empty, values), idempotencyKey }));
  }, [begins, empty]);
  const shown = useRef(new Set<string>());
  const sending = useMutation({
    mutationFn: () => send(kept.values, kept.idempotencyKey),
    onSuccess: (answer) => {
      forget(name);
      base.current = kept.values;
      return onDone(answer);
    },
    onError: async (error) => {
      // Nothing can be sent before the new version is there: it would be refused again.
      if (error instanceof ApiProblem && error.status === 412) await onStale?.();
      focusFirstFault();
    },
    onSettled: () => {
      isSending.current = false;
    },
  });
  const set = (changed: Partial<Values>): void => {
    // Another content is another request, which must not be taken for the first one.
    const next = { values: { ...kept.values, ...changed }, idempotencyKey: newIdempotencyKey() };
    setKept(next);
    keep(name, { ...next, values: withoutSecrets(changedFrom(empty, next.values), secrets) });
    if (found.size > 0) setFound(check?.(next.values) ?? new Map());
  };
  const submit = (event?: FormEvent): void => {
    event?.preventDefault();
    if (isSending.current) return;
    const faults = check?.(kept.values) ?? new Map<string, string>();
    setFound(faults);
    if (faults.size > 0) return focusFirstFault();
    isSending.current = true;
    sending.mutate();
  };
  const refused = refusedFaults(sending.error);
  shown.current = new Set();
  const fault = (pointer: string): string | undefined => {
    for (const [at, message] of [...found, ...refused]) {
      if (at !== pointer && !at.startsWith(`${pointer}/`)) continue;
      shown.current.add(at);
      return message;
    }
    return undefined;
  };
  return {
    values: kept.values,
    set,
    submit,
    fault,
    otherFaults: () =>
      refused.filter(([at]) => !shown.current.has(at)).map(([at, message]) => `${at} ${message}`),
    error: sending.error,
    isBusy: sending.isPending,
    isRestored: restored !== null,
    reset: () => {
      forget(name);
      setKept(fresh(empty));
      sending.reset();
    },
  };
}

const fresh = <Values>(values: Values): Kept<Values> => ({ values, idempotencyKey: newIdempotencyKey() });

function refusedFaults(error: unknown): [string, string][] {
  if (!(error instanceof ApiProblem)) return [];
  return error.errors.map(({ pointer, parameter, message }) => [
    pointer ?? `?${parameter ?? ''}`,
    faultWords(message, lang),
  ]);
}

/** Once the faults are shown. */
function focusFirstFault(): void {
  setTimeout(() => document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
}
