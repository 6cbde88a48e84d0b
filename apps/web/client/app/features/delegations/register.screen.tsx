import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, createLazyRoute, useParams } from '@tanstack/react-router';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Registration } from '#contracts/registrations';
import type { Stop } from '#contracts/stops';
import { pathIn } from '../../../../shared/language.js';
import { stopTitle } from '../../../../shared/stop-title.js';
import { privacyTextVersion } from '../../../../shared/privacy-text.js';
import { ApiProblem, call, newIdempotencyKey } from '../../api/call.js';
import { availability, registrations, stop as stopQuery } from '../../api/queries.js';
import { forget, keep, readKept } from '../../form/kept.js';
import { useKeptName } from '../../form/use-kept-name.js';
import { useTitle } from '../../ui/screen.js';
import { Button, Loaded, Problem, StatusTag } from '../../ui/ui.js';
import { lang, words } from '../../words/index.js';
import { problemWords } from '../../words/problems.js';
import { SignedIn } from '../account/signed-in.js';
import { emptyRow, type PersonRow } from './paste.js';
import { PeopleEditor, faultWords, isEmpty, type RowsChange } from './people-editor.js';
import { delegatesOf, rowFaults } from './row-faults.js';
import { statusWords } from './status-words.js';

const t = words.register;

function Register() {
  const { stopId } = useParams({ strict: false });
  const query = useQuery(stopQuery(stopId ?? ''));
  return (
    <SignedIn role="company">
      {() => <Loaded query={query}>{(stop) => <Steps stop={stop} />}</Loaded>}
    </SignedIn>
  );
}

/** What was typed for one stop. */
interface Draft {
  readonly rows: readonly PersonRow[];
  readonly note: string;
}

const newDraft: Draft = { rows: [emptyRow], note: '' };

function Steps({ stop }: { stop: Stop }) {
  const name = useKeptName(`delegation ${stop.id}`);
  const [kept] = useState(() => readKept(name, newDraft));
  const [begun] = useState(() => kept ?? { values: newDraft, idempotencyKey: newIdempotencyKey() });
  const [typed, setTyped] = useState(begun);
  const { values: draft, idempotencyKey } = typed;
  const [isChecking, setChecking] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const client = useQueryClient();
  const register = useMutation({
    mutationFn: () =>
      call<Registration>('POST', `/stops/${stop.id}/registrations`, {
        body: bodyOf(draft),
        idempotencyKey,
      }),
    onSuccess: () => {
      forget(name);
      void client.invalidateQueries({ queryKey: ['registrations', stop.id] });
    },
    onError: (error) => {
      if (error instanceof ApiProblem && error.errors.length > 0) setChecking(false);
    },
  });
  const step = register.data !== undefined ? 2 : isChecking ? 1 : 0;
  useEffect(() => {
    if (step > 0) heading.current?.focus();
  }, [step]);
  const { reset } = register;
  const change = useCallback(
    (next: (now: Draft) => Draft): void => {
      // Another content is another request, which must not be taken for the first one.
      setTyped((now) => ({ values: next(now.values), idempotencyKey: newIdempotencyKey() }));
      reset();
    },
    [reset],
  );
  const changeRows = useCallback(
    (next: RowsChange): void => change((now) => ({ ...now, rows: next(now.rows) })),
    [change],
  );
  useEffect(() => {
    if (typed !== begun) keep(name, typed);
  }, [name, typed, begun]);
  const title = t.title(stopTitle(stop, lang).text);
  useTitle(title);
  const known = useQuery(registrations(stop.id)).data?.find(isLive);
  if (register.data === undefined && !register.isPending && (known !== undefined || !isOpen(stop)))
    return <NoForm title={title} stop={stop} known={known} />;
  return (
    <div className="wide">
      <h1>{title}</h1>
      <ol className="steps">
        {t.steps.map((name, at) => (
          <li key={name} aria-current={at === step ? 'step' : undefined}>
            {name}
          </li>
        ))}
      </ol>
      <h2 ref={heading} tabIndex={-1}>
        {t.steps[step]} <span className="hidden-visually">{t.step(step + 1, t.steps.length)}</span>
      </h2>
      {step === 0 ? (
        <People
          stop={stop}
          draft={draft}
          isRestored={kept !== null}
          refused={register.error}
          onChange={changeRows}
          onNext={() => setChecking(true)}
        />
      ) : null}
      {step === 1 ? (
        <Check
          stop={stop}
          draft={draft}
          isBusy={register.isPending}
          error={register.error}
          onNote={(note) => change((now) => ({ ...now, note }))}
          onBack={() => setChecking(false)}
          onSubmit={() => register.mutate()}
        />
      ) : null}
      {register.data === undefined ? null : <Done registration={register.data} />}
    </div>
  );
}

const isLive = ({ status }: Registration): boolean => status !== 'cancelled' && status !== 'declined';
const isOpen = ({ status, registrationState }: Stop): boolean =>
  status === 'published' && registrationState === 'open';

interface NoFormProps {
  readonly title: string;
  readonly stop: Stop;
  readonly known: Registration | undefined;
}

/** Says before anything is typed what the API would say after all of it was. */
function NoForm({ title, stop, known }: NoFormProps) {
  const isLater = stop.status === 'published' && stop.registrationState === 'not_open';
  const code =
    known !== undefined ? 'registration.duplicate' : `registration.${isLater ? 'not_open' : 'closed'}`;
  return (
    <div className="narrow">
      <h1>{title}</h1>
      <p className="notice">{problemWords(new ApiProblem(409, code, '', []), lang)}</p>
      <p>
        {known === undefined ? (
          <a className="button button-main" href={pathIn(lang, `/stops/${stop.id}`)}>
            {t.toStop}
          </a>
        ) : (
          <Link className="button button-main" to="/company/registrations/$id" params={{ id: known.id }}>
            {t.see}
          </Link>
        )}
      </p>
    </div>
  );
}

const withoutEmpty: RowsChange = (rows) => rows.filter((row) => !isEmpty(row));
const filled = (draft: Draft) => withoutEmpty(draft.rows);

function bodyOf(draft: Draft) {
  return {
    delegates: delegatesOf(filled(draft)),
    ...(draft.note.trim() === '' ? {} : { note: draft.note.trim() }),
    consent: { textVersion: privacyTextVersion },
  };
}

interface PeopleProps {
  readonly stop: Stop;
  readonly draft: Draft;
  readonly isRestored: boolean;
  readonly refused: unknown;
  readonly onChange: (change: RowsChange) => void;
  readonly onNext: () => void;
}

function People({ stop, draft, isRestored, refused, onChange, onNext }: PeopleProps) {
  const [isShown, setShown] = useState(false);
  const rows = draft.rows;
  const people = filled(draft);
  const find = () => faultWords(rowFaults(people.length === 0 ? rows : people));
  const faults = new Map([...(isShown ? find() : []), ...refusedFaults(refused)]);
  const maxPeople = Math.min(stop.maxDelegatesPerCompany, stop.capacity);
  const isTooMany = people.length > maxPeople;
  const next = (): void => {
    if (find().size === 0 && !isTooMany) {
      if (people.length !== rows.length) onChange(withoutEmpty);
      onNext();
      return;
    }
    if (people.length > 0 && people.length !== rows.length) onChange(withoutEmpty);
    setShown(true);
    // The first fault gets the focus once it is shown.
    setTimeout(() => document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  };
  return (
    <>
      {isRestored ? <p className="muted">{t.kept}</p> : null}
      <p className="muted">{t.max(maxPeople)}</p>
      <PeopleEditor rows={rows} onChange={onChange} faults={faults} />
      {faults.size > 0 || (isShown && isTooMany) ? (
        <p className="notice notice-bad" role="alert">
          {isTooMany ? t.max(maxPeople) : t.faults(faults.size)}
        </p>
      ) : null}
      <p>
        <Button onPress={next}>{t.toCheck}</Button>
      </p>
    </>
  );
}

/** What the API found wrong comes to the same cells as what was found here. */
function refusedFaults(error: unknown): [string, string][] {
  if (!(error instanceof ApiProblem)) return [];
  return error.errors.flatMap(({ pointer, message }) => (pointer === undefined ? [] : [[pointer, message]]));
}

interface CheckProps {
  readonly stop: Stop;
  readonly draft: Draft;
  readonly isBusy: boolean;
  readonly error: unknown;
  readonly onNote: (note: string) => void;
  readonly onBack: () => void;
  readonly onSubmit: () => void;
}

function Check({ stop, draft, isBusy, error, onNote, onBack, onSubmit }: CheckProps) {
  const seats = useQuery(availability(stop.id));
  const [hasConsent, setConsent] = useState(false);
  const people = filled(draft);
  const left = seats.data?.left;
  const waits = left !== undefined && (left < people.length || (seats.data?.waitlisted ?? 0) > 0);
  return (
    <>
      {left === undefined ? null : (
        <p className={`notice ${waits ? '' : 'notice-good'}`}>
          {waits ? t.waits(people.length, left) : t.fits(people.length)}{' '}
          {stop.registration.approval === 'manual' ? t.manual : ''}
        </p>
      )}
      <ul className="rows">
        {people.map((row, at) => (
          <li key={at}>
            <span>
              <strong>{row.name}</strong> <span className="muted">{row.jobTitle}</span>
              <br />
              <span className="muted">{[row.email, row.mobile].filter((one) => one !== '').join(' · ')}</span>
            </span>
          </li>
        ))}
      </ul>
      <label className="field">
        <span className="field-label">
          {t.note} <span className="muted">({words.optional})</span>
        </span>
        <textarea
          className="field-input"
          rows={2}
          maxLength={2_000}
          value={draft.note}
          onChange={(event) => onNote(event.target.value)}
        />
      </label>
      <p>
        <label className="tick">
          <input
            type="checkbox"
            checked={hasConsent}
            onChange={(event) => setConsent(event.target.checked)}
          />
          <span>
            {t.consent}{' '}
            <a href={pathIn(lang, '/privacy')} target="_blank" rel="noopener">
              {t.consentLink}
            </a>
          </span>
        </label>
      </p>
      <Problem error={error} />
      <p className="actions">
        <Button isDisabled={isBusy || !hasConsent} onPress={onSubmit}>
          {isBusy ? t.submitting : t.submit}
        </Button>
        <Button look="plain" isDisabled={isBusy} onPress={onBack}>
          {t.edit}
        </Button>
      </p>
    </>
  );
}

function Done({ registration }: { registration: Registration }) {
  return (
    <>
      <p>
        <StatusTag status={registration.status} />
      </p>
      <p>{statusWords(registration, null)}</p>
      <p>
        <Link className="button button-main" to="/company/registrations/$id" params={{ id: registration.id }}>
          {t.see}
        </Link>
      </p>
    </>
  );
}

export const route = createLazyRoute('/company/stops/$stopId/register')({ component: Register });
