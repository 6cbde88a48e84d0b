import type { ReactNode } from 'react';
import type { Case, Paper } from '#contracts/ledger';
import type { Stop } from '#contracts/stops';
import { inLang } from '../../../../shared/language.js';
import { call } from '../../api/call.js';
import { FormDialog } from '../../form/form-dialog.js';
import { NewPanel } from '../../form/new-panel.js';
import { patchBetween } from '../../form/patch.js';
import { useForm, type Faults, type Form } from '../../form/use-form.js';
import { lang } from '../../words/index.js';
import { useRefresh } from './ledger.queries.js';
import { t } from './ledger-words.js';

/** In what the forms of cases and of papers differ. */
export interface EntryKind<Entry, Draft extends object> {
  readonly noun: 'case' | 'paper';
  readonly empty: Draft;
  readonly draftOf: (entry: Entry) => Draft;
  /** What a correction begins with. */
  readonly correctionOf: (entry: Entry) => Draft;
  readonly bodyOf: (draft: Draft) => object;
  readonly faultsOf: (draft: Draft) => Faults;
  readonly Fields: (props: { form: Form<Draft> }) => ReactNode;
  readonly words: {
    readonly new: string;
    readonly create: string;
    readonly correct: string;
    readonly correctTitle: (name: string) => string;
  };
}

interface NewProps<Entry, Draft extends object> {
  readonly stop: Stop;
  readonly kind: EntryKind<Entry, Draft>;
}

/** Adds a case or a paper to a stop. */
export function NewEntry<Entry, Draft extends object>({ stop, kind }: NewProps<Entry, Draft>) {
  const refresh = useRefresh();
  const { noun, empty, bodyOf, faultsOf, Fields, words } = kind;
  const form = useForm({
    name: `${noun} of ${stop.id}`,
    empty,
    send: (draft, idempotencyKey) => create(stop, noun, bodyOf(draft), idempotencyKey),
    check: faultsOf,
    onDone: () => {
      form.reset();
      return refresh();
    },
  });
  return (
    <NewPanel form={form} title={words.new} action={words.create}>
      <Fields form={form} />
    </NewPanel>
  );
}

interface DialogProps<Entry, Draft extends object> extends NewProps<Entry, Draft> {
  readonly of: Entry;
  /** A draft is changed; what was announced gets a correction, which is an entry of its own. */
  readonly as: 'change' | 'correction';
  readonly onClose: () => void;
}

/** Changes or corrects a case or a paper. */
export function EntryDialog<Entry extends Case | Paper, Draft extends object>(
  props: DialogProps<Entry, Draft>,
) {
  const { stop, kind, of, as, onClose } = props;
  const { noun, draftOf, bodyOf, faultsOf, correctionOf, Fields, words } = kind;
  const refresh = useRefresh();
  const isCorrection = as === 'correction';
  const name = inLang(of.title, lang);
  const form = useForm({
    name: `${as} of ${noun} ${of.id}`,
    empty: isCorrection ? correctionOf(of) : draftOf(of),
    send: (draft, idempotencyKey) =>
      isCorrection
        ? create(stop, noun, { ...bodyOf(draft), corrects: of.id }, idempotencyKey)
        : call('PATCH', `/${noun}s/${of.id}`, {
            body: patchBetween(bodyOf(draftOf(of)), bodyOf(draft)),
            version: of.version,
          }),
    check: faultsOf,
    onDone: async () => {
      await refresh();
      onClose();
    },
    onStale: refresh,
  });
  return (
    <FormDialog
      form={form}
      title={isCorrection ? words.correctTitle(name) : name}
      hint={isCorrection ? t.correctHint : undefined}
      action={isCorrection ? words.correct : t.save}
      onClose={onClose}
    >
      <Fields form={form} />
    </FormDialog>
  );
}

function create(stop: Stop, noun: 'case' | 'paper', body: object, idempotencyKey: string): Promise<unknown> {
  return call('POST', `/tours/${stop.tourId}/${noun}s`, {
    body: { ...body, stopId: stop.id },
    idempotencyKey,
  });
}
