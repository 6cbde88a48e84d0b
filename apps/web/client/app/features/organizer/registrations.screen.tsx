import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { createLazyRoute, useNavigate, useSearch } from '@tanstack/react-router';
import { memo, useCallback, useEffect, useState } from 'react';
import type { Registration } from '#contracts/registrations';
import type { Stop } from '#contracts/stops';
import { inLang } from '../../../../shared/language.js';
import { momentOf } from '../../../../shared/time.js';
import { availability, registrations } from '../../api/queries.js';
import { useKeptText } from '../../form/use-kept-text.js';
import { useHeldDecision, type Held } from '../../ui/held-decision.js';
import { OfStop } from '../../ui/of-address.js';
import { Ask, Button, Field, Loaded, Problem, StatusTag } from '../../ui/ui.js';
import { lang, words } from '../../words/index.js';
import { SignedIn } from '../account/signed-in.js';
import { runBulk, type BulkAction, type BulkResult } from './bulk.js';
import { RegistrationDialog } from './registration-dialog.js';
import { registrationSearch, sorts, statuses, type RegistrationSearch } from './registration-search.js';
import { StopScreen } from './stop-screen.js';

const t = words.console;
const undoSeconds = 10;
const typingMs = 300;
/** More come by a button: a list of a thousand stays quick, and is found by the browser's own search. */
const rowsAtOnce = 100;

const Page = () => (
  <SignedIn role="organizer">{() => <OfStop>{(stop) => <Registrations stop={stop} />}</OfStop>}</SignedIn>
);

function Registrations({ stop }: { stop: Stop }) {
  const search: RegistrationSearch = useSearch({ strict: false });
  const navigate = useNavigate();
  const set = (changed: Partial<Record<keyof RegistrationSearch, string | undefined>>): void =>
    void navigate({
      to: '/console/stops/$stopId/registrations',
      params: { stopId: stop.id },
      search: registrationSearch({ ...search, ...changed }),
      replace: true,
    });
  const [q, setQ] = useState(search.q ?? '');
  useEffect(() => {
    const timer = setTimeout(() => {
      if (q !== (search.q ?? '')) set({ q });
    }, typingMs);
    return () => clearTimeout(timer);
  });
  // While somebody types, the list stays as it was until the next one is there.
  const list = useQuery({
    ...registrations(stop.id, queryOf(search)),
    placeholderData: keepPreviousData,
  });
  const { held, hold, undo, result } = useBulk();
  return (
    <StopScreen stop={stop} title={t.registrations}>
      <div className="filters">
        <Field name="q" isSearch label={t.search} value={q} onChange={setQ} />
        <label className="field">
          <span className="field-label">{t.sort}</span>
          <select
            className="field-input"
            value={search.sort ?? 'createdAt'}
            onChange={(event) => set({ sort: event.target.value })}
          >
            {sorts.map((sort) => (
              <option key={sort} value={sort}>
                {t.sorts[sort]}
              </option>
            ))}
          </select>
        </label>
      </div>
      <BulkNotice held={held} result={result} onUndo={undo} />
      <Loaded query={list}>
        {(all) => (
          <>
            <nav className="tabs" aria-label={t.state}>
              {[undefined, ...statuses].map((status) => (
                <button
                  key={status ?? 'all'}
                  type="button"
                  aria-pressed={search.status === status}
                  onClick={() => set({ status })}
                >
                  {status === undefined ? t.all : words.status[status]}{' '}
                  <span className="muted">
                    {all.filter((one) => status === undefined || one.status === status).length}
                  </span>
                </button>
              ))}
            </nav>
            <List
              stop={stop}
              rows={all.filter((one) => !search.status || one.status === search.status)}
              isHolding={held !== null}
              onDecide={hold}
              none={all.length === 0 && !search.q ? t.noRegistrations : t.none}
            />
          </>
        )}
      </Loaded>
    </StopScreen>
  );
}

function queryOf({ q = '', sort }: RegistrationSearch): string {
  return (q === '' ? '' : `&q=${encodeURIComponent(q)}`) + (sort === undefined ? '' : `&sort=${sort}`);
}

interface ListProps {
  readonly stop: Stop;
  readonly rows: readonly Registration[];
  /** A decision waits for its ten seconds. */
  readonly isHolding: boolean;
  readonly onDecide: (action: BulkAction) => void;
  /** What is said of a list without rows. */
  readonly none: string;
}

function List({ stop, rows, isHolding, onDecide, none }: ListProps) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [isDeclining, setDeclining] = useState(false);
  const [reason, setReason, forgetReason] = useKeptText(`decline at ${stop.id}`);
  const [shown, setShown] = useState(rowsAtOnce);
  const seats = useQuery(availability(stop.id));
  const chosenRows = rows.filter((one) => chosen.has(one.id));
  const ids = chosenRows.map(({ id }) => id);
  const pendingIds = chosenRows.filter(({ status }) => status === 'pending').map(({ id }) => id);
  const plan = (kind: BulkAction['kind']): void => {
    onDecide({ kind, ids: kind === 'approve' ? pendingIds : ids, reason });
    setChosen(new Set());
    setDeclining(false);
    forgetReason();
  };
  const deciding = rows.slice(0, shown).filter(canDecide);
  const isAll = deciding.length > 0 && deciding.every(({ id }) => chosen.has(id));
  const toggleAll = (): void => setChosen(new Set(isAll ? [] : deciding.map(({ id }) => id)));
  const toggle = useCallback(
    (id: string): void =>
      setChosen((now) => new Set(now.has(id) ? [...now].filter((one) => one !== id) : [...now, id])),
    [],
  );
  return (
    <>
      <p className="actions bulk">
        {deciding.length === 0 ? null : (
          <label className="tick">
            <input type="checkbox" checked={isAll} onChange={toggleAll} />
            <span>{t.selectAll}</span>
          </label>
        )}
        <span className="muted" role="status">
          {t.selected(ids.length)}
        </span>
        <Button isDisabled={pendingIds.length === 0 || isHolding} onPress={() => plan('approve')}>
          {t.approve}
        </Button>
        <Button look="plain" isDisabled={ids.length === 0 || isHolding} onPress={() => setDeclining(true)}>
          {t.decline}
        </Button>
        {pendingIds.length === ids.length ? null : <span className="muted">{t.waitingFollow}</span>}
      </p>
      {rows.length === 0 ? <p className="empty">{none}</p> : null}
      {rows.length === 0 ? null : (
        <div className="table-box" role="region" aria-label={t.registrations} tabIndex={0}>
          <table className="table-wide cards-when-narrow">
            <thead>
              <tr>
                <th scope="col">
                  <span className="hidden-visually">{t.chosen}</span>
                </th>
                <th scope="col">{t.company}</th>
                <th scope="col">{t.state}</th>
                <th scope="col" className="number">
                  {t.seats}
                </th>
                <th scope="col">{t.contact}</th>
                <th scope="col">{t.since}</th>
              </tr>
            </thead>
            <tbody>
              {rows.slice(0, shown).map((one) => (
                <Row
                  key={one.id}
                  registration={one}
                  stop={stop}
                  left={seats.data?.left ?? null}
                  isChosen={chosen.has(one.id)}
                  onToggle={toggle}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {rows.length > shown ? (
        <p>
          <Button look="plain" onPress={() => setShown((now) => now + rowsAtOnce)}>
            {t.more(rows.length - shown)}
          </Button>
        </p>
      ) : null}
      <Ask title={t.declineTitle(ids.length)} isOpen={isDeclining} onClose={() => setDeclining(false)}>
        <Field name="/reason" label={t.declineReason} value={reason} onChange={setReason} autoFocus />
        <p className="actions">
          <Button look="danger" onPress={() => plan('decline')}>
            {t.decline}
          </Button>
          <Button look="plain" onPress={() => setDeclining(false)}>
            {words.back}
          </Button>
        </p>
      </Ask>
    </>
  );
}

const canDecide = ({ status }: Registration): boolean => status === 'pending' || status === 'waitlisted';

interface RowProps {
  readonly registration: Registration;
  readonly stop: Stop;
  readonly left: number | null;
  readonly isChosen: boolean;
  readonly onToggle: (id: string) => void;
}

/** Of a hundred rows only those are drawn anew that are another one than before. */
const Row = memo(function Row({ registration, stop, left, isChosen, onToggle }: RowProps) {
  const { id, status, seats, company, createdAt, waitlistPosition, delegates } = registration;
  const [isOpen, setOpen] = useState(false);
  const name = inLang(company.name, lang);
  return (
    <tr>
      <td>
        {canDecide(registration) ? (
          <label className="tick tick-alone">
            <input type="checkbox" checked={isChosen} onChange={() => onToggle(id)} />
            <span className="hidden-visually">{t.select(name)}</span>
          </label>
        ) : null}
      </td>
      <td>
        <Button look="link" onPress={() => setOpen(true)}>
          {name}
        </Button>
        {isOpen ? (
          <RegistrationDialog registration={registration} stop={stop} onClose={() => setOpen(false)} />
        ) : null}
        <br />
        <span className="muted">{delegates.map((one) => one.name).join(lang === 'zh' ? '、' : ', ')}</span>
      </td>
      <td>
        <StatusTag status={status} />
        {waitlistPosition === null ? null : (
          <span className="muted">
            {' '}
            #{waitlistPosition} {left === null ? '' : t.why(seats, left)}
          </span>
        )}
      </td>
      <td className="number" data-head={t.seats}>
        {seats}
      </td>
      <td data-head={t.contact}>
        {company.contact?.name}
        <br />
        <span className="muted">{company.contact?.email}</span>
      </td>
      <td className="nowrap" data-head={t.since}>
        {momentOf(createdAt, stop.timeZone, lang)}
      </td>
    </tr>
  );
});

/**
 * Nothing is sent until the ten seconds are over, so that what was pressed by mistake can be taken back. Leaving the
 * screen sends it at once; another search changes nothing of it.
 */
function useBulk() {
  const client = useQueryClient();
  const [result, setResult] = useState<BulkResult | null>(null);
  const { held, hold, undo } = useHeldDecision<BulkAction>(undoSeconds, (action) => {
    void runBulk(action).then(async (ended) => {
      setResult(ended);
      await client.invalidateQueries({ queryKey: ['registrations'] });
      await client.invalidateQueries({ queryKey: ['availability'] });
    });
  });
  const holdNext = (action: BulkAction): void => {
    setResult(null);
    hold(action);
  };
  return { held, hold: holdNext, undo, result };
}

interface BulkNoticeProps {
  readonly held: Held<BulkAction> | null;
  readonly result: BulkResult | null;
  readonly onUndo: () => void;
}

function BulkNotice({ held, result, onUndo }: BulkNoticeProps) {
  if (held !== null) {
    return (
      <p className="notice">
        {t.undoIn(held.what.ids.length, held.secondsLeft)}{' '}
        <Button look="plain" onPress={onUndo}>
          {t.undo}
        </Button>
      </p>
    );
  }
  if (result === null) return null;
  return (
    <>
      <p className="notice notice-good" role="status">
        {t.results(result.done, result.failed.length)}
      </p>
      <Problem error={result.failed[0]} />
    </>
  );
}

export const route = createLazyRoute('/console/stops/$stopId/registrations')({ component: Page });
