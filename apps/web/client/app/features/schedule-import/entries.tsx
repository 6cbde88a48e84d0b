import { useState } from 'react';
import type { ImportedEntryResult } from '#contracts/exchange';
import type { Stop } from '#contracts/stops';
import { inLang } from '../../../../shared/language.js';
import { momentOf, timeRange } from '../../../../shared/time.js';
import { Table } from '../../ui/table.js';
import { lang } from '../../words/index.js';
import { t as sessionWords } from '../sessions/session-words.js';
import { remarkWords } from './remark-words.js';
import { countsOf, entryKinds, kindOf, type EntryKind } from './report.js';
import { t } from './words.js';

const tags: Readonly<Record<EntryKind, string>> = {
  created: 'confirmed',
  changed: 'pending',
  unplaced: 'waitlisted',
  refused: 'declined',
  heldBack: 'cancelled',
  same: 'cancelled',
};

interface Props {
  readonly stop: Stop;
  readonly results: readonly ImportedEntryResult[];
  readonly when: 'before' | 'after';
}

/** What becomes of each entry of the file, in its order; and how many of each kind. */
export function Entries({ stop, results, when }: Props) {
  const [kind, setKind] = useState<EntryKind | null>(null);
  const counts = countsOf(results);
  const rows = results
    .map((entry, at) => ({ entry, at }))
    .filter(({ entry }) => kind === null || kindOf(entry) === kind);
  return (
    <>
      <nav className="tabs" aria-label={t.filter}>
        {[null, ...entryKinds.filter((one) => counts[one] > 0)].map((one) => (
          <button key={one ?? 'all'} type="button" aria-pressed={kind === one} onClick={() => setKind(one)}>
            {one === null ? t.all : t.kinds[when][one]}{' '}
            <span className="muted">{one === null ? results.length : counts[one]}</span>
          </button>
        ))}
      </nav>
      <Table
        label={t.entries}
        rows={rows}
        keyOf={({ at }) => String(at)}
        empty={results.length === 0 ? t.empty : t.none}
        columns={[
          {
            head: t.entry,
            cell: ({ entry: { title, id, guid } }) => (
              <>
                <strong>{title ?? t.untitled}</strong>
                <br />
                <span className="muted message-id">{id ?? guid ?? ''}</span>
              </>
            ),
          },
          {
            head: t.place,
            cell: ({ entry: { startsAt, room } }) =>
              [startsAt === null ? null : momentOf(startsAt, stop.timeZone, lang), room]
                .filter((one) => one !== null && one !== '')
                .join(' · ') || '–',
          },
          {
            head: t.result,
            cell: ({ entry }) => (
              <span className={`tag tag-${tags[kindOf(entry)]}`}>{t.kinds[when][kindOf(entry)]}</span>
            ),
          },
          { head: t.what, cell: ({ entry }) => <Remarks stop={stop} entry={entry} /> },
        ]}
      />
    </>
  );
}

function Remarks({
  stop,
  entry: { detail, conflicts, changes = [] },
}: {
  stop: Stop;
  entry: ImportedEntryResult;
}) {
  const lines = [
    ...(detail === null ? [] : [remarkWords(detail, lang)]),
    // The sentence names the first one.
    ...conflicts
      .slice(1)
      .map(({ title, startsAt, endsAt }) =>
        t.conflict(inLang(title, lang), timeRange(startsAt, endsAt, stop.timeZone)),
      ),
    ...changes.map((change) => changeWords(change, stop)),
  ];
  if (lines.length === 0) return '–';
  return (
    <ul className="plain-list">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

type Change = NonNullable<ImportedEntryResult['changes']>[number];

function changeWords({ field, from, to }: Change, stop: Stop): string {
  const name = t.fields[field] ?? field;
  if (from === null && to === null) return t.changed(name);
  return t.change(name, valueWords(field, from, stop), valueWords(field, to, stop));
}

function valueWords(field: string, value: Change['from'], stop: Stop): string {
  if (value === null || value === '') return t.nothing;
  if (Array.isArray(value)) return value.length === 0 ? t.nothing : value.join(lang === 'zh' ? '、' : ', ');
  if (field === 'startsAt') return momentOf(String(value), stop.timeZone, lang);
  if (field === 'kind')
    return new Map(Object.entries(sessionWords.kinds)).get(String(value)) ?? String(value);
  if (field === 'language') return value === 'zh' ? '中文' : value === 'en' ? 'English' : String(value);
  if (typeof value === 'boolean') return value ? t.yes : t.no;
  return String(value);
}
