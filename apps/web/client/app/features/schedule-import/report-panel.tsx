import { Link } from '@tanstack/react-router';
import { useEffect, useRef, type ReactNode } from 'react';
import type { ImportedEntryResult, ScheduleImport } from '#contracts/exchange';
import type { Stop } from '#contracts/stops';
import { inLang } from '../../../../shared/language.js';
import { ApiProblem } from '../../api/call.js';
import { Button, Problem } from '../../ui/ui.js';
import { lang } from '../../words/index.js';
import { Entries } from './entries.js';
import type { ImportOptions } from './import-request.js';
import { remarkWords } from './remark-words.js';
import { countsOf, isElsewhere } from './report.js';
import { t } from './words.js';

interface ComparedProps {
  readonly stop: Stop;
  readonly report: ScheduleImport;
  readonly options: ImportOptions;
  readonly isBusy: boolean;
  /** `null` where the file is aligned already. */
  readonly onAlign: (() => void) | null;
  readonly onImport: () => void;
}

/** What an import would do, and its button. */
export function Compared({ stop, report, options, isBusy, onAlign, onImport }: ComparedProps) {
  const counts = countsOf(report.results);
  const changed = options.existing === 'update' ? counts.changed : 0;
  const unplaced = options.unplaced === 'keep' ? counts.unplaced : 0;
  const isNothing = counts.created + changed + unplaced === 0;
  const count = t.importCount(counts.created + unplaced, changed);
  return (
    <Results title={t.compared} stop={stop} report={report} when="before">
      <p className="muted">{t.comparedHint}</p>
      {onAlign !== null && isElsewhere(report.results, stop) ? (
        <div className="notice">
          <p>{t.elsewhere}</p>
          <p className="actions">
            <Button look="plain" isDisabled={isBusy} onPress={onAlign}>
              {t.alignNow}
            </Button>
          </p>
        </div>
      ) : null}
      <p className="actions">
        <Button isDisabled={isBusy || isNothing} onPress={onImport}>
          {t.import}
        </Button>
        <span className="muted">{isNothing ? t.nothingToDo : count}</span>
      </p>
    </Results>
  );
}

/** What an import did, and where it goes on. */
export function Imported({ stop, report }: { stop: Stop; report: ScheduleImport }) {
  const names = report.rooms.map(({ name }) => inLang(name, lang)).join(lang === 'zh' ? '、' : ', ');
  const params = { stopId: stop.id };
  return (
    <Results title={t.done} stop={stop} report={report} when="after">
      <p className="notice notice-good" role="status">
        {t.doneHint}
      </p>
      {names === '' ? null : (
        <p className="notice">
          {t.rooms(names)}{' '}
          <Link to="/console/stops/$stopId/edit" params={params}>
            {t.toRooms}
          </Link>
        </p>
      )}
      <p className="actions">
        <Link className="button button-main" to="/console/stops/$stopId/planner" params={params}>
          {t.toPlanner}
        </Link>
        <Link className="button button-plain" to="/console/stops/$stopId/releases" params={params}>
          {t.toRelease}
        </Link>
      </p>
    </Results>
  );
}

/** A refusal that names what becomes of each entry: it stands in the place of the comparison. */
export const isWholeRefused = (error: unknown): boolean =>
  error instanceof ApiProblem && error.results.length > 0;

/** A file that could not be taken: why, and where a whole file was refused for some entries, which. */
export function Refused({ stop, error }: { stop: Stop; error: unknown }) {
  if (!(error instanceof ApiProblem)) return <Problem error={error} />;
  const results = error.results as readonly ImportedEntryResult[];
  if (results.length > 0)
    return (
      <>
        <p className="notice notice-bad" role="alert">
          {t.refusedWhole}
        </p>
        <Entries stop={stop} results={results} when="after" />
      </>
    );
  const isOfFile = error.code === 'request.malformed' || error.code === 'request.invalid';
  if (!isOfFile) return <Problem error={error} />;
  return (
    <p className="notice notice-bad" role="alert">
      {remarkWords(error.detail, lang)}
    </p>
  );
}

interface ResultsProps {
  readonly title: string;
  readonly stop: Stop;
  readonly report: ScheduleImport;
  readonly when: 'before' | 'after';
  readonly children: ReactNode;
}

/** The focus comes to the results: they appear below what was pressed. */
function Results({ title, stop, report: { results, warnings = [] }, when, children }: ResultsProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [results]);
  return (
    <section aria-labelledby="results">
      <h2 id="results" ref={heading} tabIndex={-1}>
        {title}
      </h2>
      {children}
      {warnings.length === 0 ? null : (
        <>
          <h3>{t.warnings}</h3>
          <ul>
            {warnings.map(({ message }) => (
              <li key={message}>{remarkWords(message, lang)}</li>
            ))}
          </ul>
        </>
      )}
      <h3>{t.entries}</h3>
      <Entries stop={stop} results={results} when={when} />
    </section>
  );
}
