import { queryOptions, useQuery } from '@tanstack/react-query';
import { createLazyRoute, useNavigate, useSearch } from '@tanstack/react-router';
import type { Stop } from '#contracts/stops';
import { momentOf } from '../../../../shared/time.js';
import { call } from '../../api/call.js';
import { all } from '../../api/queries.js';
import { useAct } from '../../ui/act.js';
import { OfStop } from '../../ui/of-address.js';
import { Table } from '../../ui/table.js';
import { Button, Loaded, Problem } from '../../ui/ui.js';
import { lang, words } from '../../words/index.js';
import { SignedIn } from '../account/signed-in.js';
import { StopScreen } from '../organizer/stop-screen.js';
import { mailStates, type MailState } from './mail-search.js';
import { t } from './words.js';

interface Mail {
  readonly id: string;
  readonly kind: string;
  readonly recipient: { delegateId?: string; companyId?: string; sessionId?: string; speakerId?: string };
  readonly state: MailState;
  readonly reason: string | null;
  readonly at: string;
}

const mails = (stopId: string, state: string) =>
  queryOptions({
    queryKey: ['mails', stopId, state],
    queryFn: () => all<Mail>(`/stops/${stopId}/mails`, state === '' ? '' : `&state=${state}`),
  });

const tags = {
  planned: 'pending',
  sent: 'confirmed',
  deferred: 'pending',
  failed: 'declined',
  dropped: 'cancelled',
} as const;

const Page = () => (
  <SignedIn role="organizer">{() => <OfStop>{(stop) => <Mails stop={stop} />}</OfStop>}</SignedIn>
);

function Mails({ stop }: { stop: Stop }) {
  const { state }: { state?: MailState } = useSearch({ strict: false });
  const navigate = useNavigate();
  const query = useQuery(mails(stop.id, state ?? ''));
  return (
    <StopScreen stop={stop} title={t.mails}>
      <p className="muted lead">{t.mailsLead}</p>
      <nav className="tabs" aria-label={t.state}>
        {[undefined, ...mailStates].map((one) => (
          <button
            key={one ?? 'all'}
            type="button"
            aria-pressed={state === one}
            onClick={() =>
              void navigate({
                to: '/console/stops/$stopId/mails',
                params: { stopId: stop.id },
                search: one === undefined ? {} : { state: one },
                replace: true,
              })
            }
          >
            {one === undefined ? words.all : t.states[one]}
          </button>
        ))}
      </nav>
      <Loaded query={query}>
        {(rows) => (
          <>
            <p className="muted" role="status">
              {t.count(rows.length)}
            </p>
            <Table
              label={t.mails}
              rows={rows}
              keyOf={({ id }) => id}
              empty={t.mailsNone}
              columns={[
                { head: t.kind, cell: ({ kind }) => t.kinds[kind] ?? kind },
                { head: t.to, cell: ({ recipient }) => recipientWords(recipient) },
                {
                  head: t.state,
                  cell: ({ state: now, reason }) => (
                    <>
                      <span className={`tag tag-${tags[now]}`}>{t.states[now]}</span>{' '}
                      <span className="muted">{reason}</span>
                    </>
                  ),
                },
                { head: t.at, cell: ({ at }) => momentOf(at, stop.timeZone, lang) },
                { head: t.actions, isHeadHidden: true, cell: (mail) => <Retry mail={mail} /> },
              ]}
            />
          </>
        )}
      </Loaded>
    </StopScreen>
  );
}

function recipientWords({ delegateId, companyId, speakerId, sessionId }: Mail['recipient']): string {
  if (delegateId !== undefined) return t.delegate;
  if (speakerId !== undefined || sessionId !== undefined) return t.speaker;
  return companyId === undefined ? t.organizer : t.company;
}

function Retry({ mail: { id, state, kind } }: { mail: Mail }) {
  const again = useAct({
    run: (_: void, idempotencyKey) => call('POST', `/mails/${id}/retry`, { idempotencyKey }),
    refresh: ['mails'],
  });
  if (state !== 'failed' && state !== 'deferred') return null;
  return (
    <>
      <Button
        look="link"
        aria-label={`${t.retry} ${t.kinds[kind] ?? kind}`}
        isDisabled={again.isBusy}
        onPress={() => again.act()}
      >
        {again.data === undefined ? t.retry : t.retried}
      </Button>
      <Problem error={again.error} />
    </>
  );
}

export const route = createLazyRoute('/console/stops/$stopId/mails')({ component: Page });
