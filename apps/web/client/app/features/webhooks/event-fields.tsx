import { useQuery } from '@tanstack/react-query';
import { stopTitle } from '../../../../shared/stop-title.js';
import { stops } from '../../api/queries.js';
import { Ticks } from '../../form/fields.js';
import type { Form } from '../../form/use-form.js';
import { lang } from '../../words/index.js';
import type { EventsDraft } from './webhook-draft.js';
import { t } from './words.js';

/** Which events are sent, by the first word of their types; a type that was named alone by a program stays. */
export function EventFields<Values extends EventsDraft>({ form }: { form: Form<Values> }) {
  const { types, stopIds } = form.values;
  const known = useQuery(stops);
  const set = (changed: Partial<EventsDraft>): void => form.set(changed as Partial<Values>);
  const groups = Object.entries(t.groups);
  const single = types.filter((type) => !(type in t.groups)).map((type): [string, string] => [type, type]);
  const all = known.data?.flatMap((one) => one.stops) ?? [];
  return (
    <>
      <Ticks
        legend={t.types}
        options={[...groups, ...single]}
        chosen={types}
        onChange={(chosen) => set({ types: chosen })}
        fault={form.fault('/types')}
      />
      {all.length === 0 ? null : (
        <details>
          <summary>{t.stopsChosen(stopIds.length === 0 ? t.allStops : String(stopIds.length))}</summary>
          <Ticks
            legend={t.stopsHint}
            options={all.map((stop): [string, string] => [stop.id, stopTitle(stop, lang).text])}
            chosen={stopIds}
            onChange={(chosen) => set({ stopIds: chosen })}
            fault={form.fault('/stopIds')}
          />
        </details>
      )}
    </>
  );
}

/** A chosen kind of event at least; said before anything is sent. */
export const checkEvents = ({ types }: EventsDraft): ReadonlyMap<string, string> =>
  new Map(types.length === 0 ? [['/types', t.pickOne]] : []);

/** Which events of which stops are sent, in words. */
export function EventsInWords({
  types,
  stopIds,
}: {
  types: readonly string[];
  stopIds: readonly string[] | null;
}) {
  const known = useQuery(stops);
  const all = known.data?.flatMap((one) => one.stops) ?? [];
  const names = (stopIds ?? []).map((id) => {
    const stop = all.find((one) => one.id === id);
    return stop === undefined ? t.stopGone : stopTitle(stop, lang).text;
  });
  return (
    <p>
      {types.map((type) => t.groups[type] ?? type).join(' · ')}
      {names.length === 0 ? null : (
        <>
          <br />
          <span className="muted">
            {t.onlyStops}
            {names.join(lang === 'zh' ? '、' : ', ')}
          </span>
        </>
      )}
    </p>
  );
}
