import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, createLazyRoute, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import type { Registration } from '#contracts/registrations';
import type { Stop } from '#contracts/stops';
import { inLang, pathIn } from '../../../../shared/language.js';
import { stopTitle } from '../../../../shared/stop-title.js';
import { dateRange, momentOf } from '../../../../shared/time.js';
import { ApiProblem, call, newIdempotencyKey } from '../../api/call.js';
import { availability, registration as registrationQuery, stop as stopQuery } from '../../api/queries.js';
import { OfAddress } from '../../ui/of-address.js';
import { useTitle } from '../../ui/screen.js';
import { Ask, Button, Loaded, Problem, StatusTag } from '../../ui/ui.js';
import { lang, words } from '../../words/index.js';
import { SignedIn } from '../account/signed-in.js';
import { BadgeDialog } from './badge-dialog.js';
import { PersonDialog } from './person-dialog.js';
import { statusWords } from './status-words.js';

const t = words.registration;

type Delegate = Registration['delegates'][number];
type Open =
  { kind: 'substitute' | 'remove' | 'badge'; delegate: Delegate } | { kind: 'add' | 'cancel' } | null;

function Page() {
  const { id = '' } = useParams({ strict: false });
  const query = useQuery(registrationQuery(id));
  return (
    <SignedIn role="company">
      {() => <OfAddress query={query}>{(one) => <WithStop registration={one} />}</OfAddress>}
    </SignedIn>
  );
}

function WithStop({ registration }: { registration: Registration }) {
  const query = useQuery(stopQuery(registration.stopId));
  return <Loaded query={query}>{(stop) => <Details registration={registration} stop={stop} />}</Loaded>;
}

const isLive = ({ status }: Registration): boolean => status !== 'cancelled' && status !== 'declined';

function Details({ registration, stop }: { registration: Registration; stop: Stop }) {
  const [open, setOpen] = useState<Open>(null);
  const seats = useQuery(availability(stop.id));
  const canChange = isLive(registration) && Date.now() < Date.parse(stop.registration.changesUntil);
  const close = (): void => setOpen(null);
  useTitle(stopTitle(stop, lang).text);
  return (
    <>
      <p className="crumb">
        <Link to="/company">{words.desk.title}</Link>
      </p>
      <h1>{stopTitle(stop, lang).text}</h1>
      <p>
        <span className="muted">
          {dateRange(stop.startsAt, stop.endsAt, stop.timeZone, lang)} · {inLang(stop.venue.name, lang)}
        </span>{' '}
        <a href={pathIn(lang, `/stops/${stop.id}`)}>{t.toStop}</a>
      </p>
      <p>
        <StatusTag status={registration.status} /> {statusWords(registration, seats.data?.left ?? null)}
      </p>
      {registration.reason === null ? null : (
        <p className="notice">
          {t.reason}: {registration.reason}
        </p>
      )}
      <h2>{t.delegates}</h2>
      <ul className="rows">
        {registration.delegates.map((delegate) => (
          <DelegateRow
            key={delegate.id}
            delegate={delegate}
            canChange={canChange}
            isLast={registration.delegates.length === 1}
            onOpen={(kind) => setOpen({ kind, delegate })}
          />
        ))}
      </ul>
      <p className="actions">
        {canChange ? (
          <Button look="plain" onPress={() => setOpen({ kind: 'add' })}>
            {t.add}
          </Button>
        ) : null}
        {registration.status === 'confirmed' ? (
          <Link
            className="button button-plain"
            to="/company/registrations/$id/badges"
            params={{ id: registration.id }}
          >
            {t.badges}
          </Link>
        ) : null}
        {isLive(registration) ? (
          <Button look="danger" onPress={() => setOpen({ kind: 'cancel' })}>
            {t.cancel}
          </Button>
        ) : null}
      </p>
      {canChange ? (
        <p className="muted">{t.until(momentOf(stop.registration.changesUntil, stop.timeZone, lang))}</p>
      ) : null}
      <Dialogs open={open} registration={registration} onClose={close} />
    </>
  );
}

interface RowProps {
  readonly delegate: Delegate;
  readonly canChange: boolean;
  readonly isLast: boolean;
  readonly onOpen: (kind: 'substitute' | 'remove' | 'badge') => void;
}

function DelegateRow({ delegate, canChange, isLast, onOpen }: RowProps) {
  const { name, email, mobile, jobTitle, badge } = delegate;
  return (
    <li>
      <span>
        <strong>{name}</strong> <span className="muted">{jobTitle}</span>
        <br />
        <span className="muted">{[email, mobile].filter((one) => one !== null).join(' · ')}</span>
      </span>
      <span className="actions">
        {badge === null ? null : (
          <Button look="plain" aria-label={t.showBadge(name)} onPress={() => onOpen('badge')}>
            {t.badge}
          </Button>
        )}
        {canChange ? (
          <Button look="plain" aria-label={t.substituteTitle(name)} onPress={() => onOpen('substitute')}>
            {t.substitute}
          </Button>
        ) : null}
        {canChange && !isLast ? (
          <Button look="link" aria-label={t.removeTitle(name)} onPress={() => onOpen('remove')}>
            {t.remove}
          </Button>
        ) : null}
      </span>
    </li>
  );
}

function Dialogs({
  open,
  registration,
  onClose,
}: {
  open: Open;
  registration: Registration;
  onClose: () => void;
}) {
  const { id } = registration;
  const base = `/registrations/${id}`;
  if (open === null) return null;
  switch (open.kind) {
    case 'badge':
      return <BadgeDialog registrationId={id} delegate={open.delegate} onClose={onClose} />;
    case 'add':
      return <PersonDialog title={t.addTitle} method="POST" path={`${base}/delegates`} onClose={onClose} />;
    case 'substitute':
      return (
        <PersonDialog
          title={t.substituteTitle(open.delegate.name)}
          hint={t.substituteHint}
          method="PATCH"
          path={`${base}/delegates/${open.delegate.id}`}
          version={registration.version}
          onClose={onClose}
        />
      );
    case 'remove':
      return (
        <Sure
          title={t.removeTitle(open.delegate.name)}
          hint={t.removeHint}
          action={t.confirmRemove}
          run={() => call('DELETE', `${base}/delegates/${open.delegate.id}`)}
          onClose={onClose}
        />
      );
    case 'cancel':
      return (
        <Sure
          title={t.cancelTitle}
          hint={t.cancelHint}
          action={t.confirmCancel}
          run={() => call('POST', `${base}/cancel`, { body: {}, idempotencyKey: newIdempotencyKey() })}
          onClose={onClose}
        />
      );
    default:
      return null;
  }
}

interface SureProps {
  readonly title: string;
  readonly hint: string;
  readonly action: string;
  readonly run: () => Promise<unknown>;
  readonly onClose: () => void;
}

/** Asks before what can't be undone. */
function Sure({ title, hint, action, run, onClose }: SureProps) {
  const client = useQueryClient();
  const doing = useMutation({
    mutationFn: run,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['registration'] });
      await client.invalidateQueries({ queryKey: ['registrations'] });
      onClose();
    },
    onError: (error) => {
      if (error instanceof ApiProblem && error.status === 412)
        void client.invalidateQueries({ queryKey: ['registration'] });
    },
  });
  return (
    <Ask title={title} isOpen onClose={onClose}>
      <p>{hint}</p>
      <Problem error={doing.error} />
      <p className="actions">
        <Button look="danger" isDisabled={doing.isPending} onPress={() => doing.mutate()}>
          {action}
        </Button>
        <Button look="plain" onPress={onClose}>
          {t.keep}
        </Button>
      </p>
    </Ask>
  );
}

export const route = createLazyRoute('/company/registrations/$id')({ component: Page });
