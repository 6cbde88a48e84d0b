import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Form } from '../../form/use-form.js';
import { Labelled } from '../../form/fields.js';
import { call } from '../../api/call.js';
import { useAct } from '../../ui/act.js';
import { Button, Loaded, Problem } from '../../ui/ui.js';
import { lang } from '../../words/index.js';
import { bodyOf, withProposed, type ListingDraft } from './listing-draft.js';
import { vocabulary } from './matching.queries.js';
import { t } from './words.js';

interface Concept {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
}

/** What a listing is, and the concepts that suggestions are made from. */
export function ConceptPicker({ form }: { form: Form<ListingDraft> }) {
  const query = useQuery(vocabulary);
  return (
    <Loaded query={query}>
      {({ lists }) => (
        <>
          <Kind form={form} concepts={lists.find(({ id }) => id === 'kind')?.concepts ?? []} />
          <Others form={form} lists={lists.filter(({ id }) => id !== 'kind')} />
        </>
      )}
    </Loaded>
  );
}

function Kind({ form, concepts }: { form: Form<ListingDraft>; concepts: readonly Concept[] }) {
  return (
    <Labelled label={t.kind} fault={form.fault('/kind')} isRequired>
      {(described) => (
        <select
          {...described}
          className="field-input"
          value={form.values.kind}
          onChange={(event) => form.set({ kind: event.target.value })}
        >
          <option value="">{t.choose}</option>
          {concepts.map((one) => (
            <option key={one.id} value={one.id}>
              {one[lang]}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}

interface OthersProps {
  readonly form: Form<ListingDraft>;
  readonly lists: readonly { readonly id: string; readonly concepts: readonly Concept[] }[];
}

function Others({ form, lists }: OthersProps) {
  const [text, setText] = useState('');
  const chosen = form.values.concepts;
  const known = new Map(lists.flatMap(({ concepts }) => concepts.map((one) => [one.id, one] as const)));
  const toggle = (id: string): void =>
    form.set({ concepts: chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id] });
  const fault = form.fault('/concepts');
  return (
    <fieldset className="ticks" aria-describedby="concepts-hint">
      <legend className="field-label">{t.conceptsTitle}</legend>
      <p className="field-hint" id="concepts-hint">
        {t.conceptsHint}
      </p>
      {fault === undefined ? null : <p className="field-fault">{fault}</p>}
      <ul className="chips" aria-label={t.chosen(chosen.length)}>
        {chosen.map((id) => (
          <li key={id}>
            <Button
              look="plain"
              aria-label={t.removeConcept(known.get(id)?.[lang] ?? id)}
              onPress={() => toggle(id)}
            >
              {known.get(id)?.[lang] ?? id} ×
            </Button>
          </li>
        ))}
      </ul>
      <p className="muted" role="status">
        {t.chosen(chosen.length)}
      </p>
      <Propose form={form} />
      <Labelled label={t.findConcept} isRequired>
        {(described) => (
          <input
            {...described}
            aria-required={undefined}
            className="field-input"
            value={text}
            autoComplete="off"
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Labelled>
      {lists.map(({ id, concepts }) => (
        <ConceptGroup
          key={id}
          id={id}
          concepts={matching(concepts, text)}
          chosen={chosen}
          isOpen={text !== ''}
          onToggle={toggle}
        />
      ))}
    </fieldset>
  );
}

function matching(concepts: readonly Concept[], text: string): readonly Concept[] {
  const wanted = text.trim().toLowerCase();
  return concepts.filter(({ zh, en }) => `${zh} ${en}`.toLowerCase().includes(wanted));
}

interface GroupProps {
  readonly id: string;
  readonly concepts: readonly Concept[];
  readonly chosen: readonly string[];
  readonly isOpen: boolean;
  readonly onToggle: (id: string) => void;
}

function ConceptGroup({ id, concepts, chosen, isOpen, onToggle }: GroupProps) {
  const names: Readonly<Record<string, string>> = t.list;
  if (concepts.length === 0) return null;
  return (
    <details key={String(isOpen)} open={isOpen} className="concepts">
      <summary>{names[id] ?? id}</summary>
      {concepts.map((one) => (
        <label className="tick" key={one.id}>
          <input type="checkbox" checked={chosen.includes(one.id)} onChange={() => onToggle(one.id)} />
          <span>{one[lang]}</span>
        </label>
      ))}
    </details>
  );
}

interface Proposal {
  readonly concepts: readonly { readonly id: string }[];
}

/** The API reads the texts and names the concepts that stand in them; nothing is kept. */
function Propose({ form }: { form: Form<ListingDraft> }) {
  const [found, setFound] = useState<number | null>(null);
  const { title, text } = bodyOf(form.values);
  const isEmpty = Object.keys(title).length === 0 || Object.keys(text).length === 0;
  const proposing = useAct({
    run: (_: void, idempotencyKey) =>
      call<Proposal>('POST', '/listings/propose-concepts', { body: { title, text }, idempotencyKey }),
    refresh: [],
    onDone: ({ concepts }) => {
      const next = withProposed(
        form.values,
        concepts.map(({ id }) => id),
      );
      setFound(next.concepts.length - form.values.concepts.length);
      form.set({ kind: next.kind, concepts: next.concepts });
    },
  });
  return (
    <div className="actions">
      <Button look="plain" isDisabled={isEmpty || proposing.isBusy} onPress={() => proposing.act()}>
        {t.propose}
      </Button>
      <span role="status">{found === null ? null : t.proposed(found)}</span>
      <Problem error={proposing.error} />
    </div>
  );
}
