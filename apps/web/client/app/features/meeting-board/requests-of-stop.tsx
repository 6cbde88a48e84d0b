import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Meeting } from '#contracts/meetings';
import type { Stop } from '#contracts/stops';
import { inLang } from '../../../../shared/language.js';
import { momentOf } from '../../../../shared/time.js';
import { call } from '../../api/call.js';
import { useLive } from '../../api/live.js';
import { registrations } from '../../api/queries.js';
import { Sure } from '../../ui/act.js';
import { Table, type Column } from '../../ui/table.js';
import { Button, Field, Loaded } from '../../ui/ui.js';
import { lang, words } from '../../words/index.js';
import { meetingRules, meetings } from '../matching/matching.queries.js';
import { reasonWords } from '../matching/reason-words.js';
import { t as matching } from '../matching/words.js';
import { answersOf, requestTabs, tabOf, type RequestTab } from './requests.js';
import { t } from './requests-words.js';

const tabWords: Readonly<Record<RequestTab, string>> = {
  requested: matching.status.requested,
  accepted: matching.status.accepted,
  scheduled: matching.status.scheduled,
  over: `${matching.status.held} / ${matching.status.missed}`,
  ended: matching.past,
};

/** Who asked whom at this stop, and what became of it. */
export function RequestsOfStop({ stop }: { stop: Stop }) {
  useLive({ stopId: stop.id, types: ['meeting.*'], refresh: ['meetings'] });
  const query = useQuery(meetings(stop.id));
  return (
    <section>
      <h2>{t.requests}</h2>
      <Window stop={stop} />
      <Loaded query={query}>{(all) => <Requests all={all} stop={stop} />}</Loaded>
    </section>
  );
}

function Window({ stop }: { stop: Stop }) {
  const rules = useQuery(meetingRules(stop.id));
  if (rules.data === undefined) return null;
  if (rules.data === null)
    return (
      <p className="notice">
        {t.noRules}{' '}
        <Link to="/console/stops/$stopId/meetings/rules" params={{ stopId: stop.id }}>
          {t.toRules}
        </Link>
      </p>
    );
  const at = (instant: string): string => momentOf(instant, stop.timeZone, lang);
  return <p className="muted">{t.window(at(rules.data.opensAt), at(rules.data.closesAt))}</p>;
}

function Requests({ all, stop }: { all: readonly Meeting[]; stop: Stop }) {
  const registered = useQuery(registrations(stop.id));
  const names = new Map(
    registered.data?.map(({ companyId, company }) => [companyId, inLang(company.name, lang)]),
  );
  const nameOf = (id: string): string => names.get(id) ?? t.someCompany;
  const [tab, setTab] = useState<RequestTab | null>(null);
  const [q, setQ] = useState('');
  const wanted = q.normalize('NFKC').toLowerCase().trim();
  const rows = all.filter(
    (one) =>
      (tab === null || tabOf(one) === tab) &&
      `${nameOf(one.askerId)} ${nameOf(one.askedId)}`.toLowerCase().includes(wanted),
  );
  const { answered, accepted } = answersOf(all);
  const at = (instant: string): string => momentOf(instant, stop.timeZone, lang);
  const columns: readonly Column<Meeting>[] = [
    { head: t.asker, cell: ({ askerId }) => nameOf(askerId) },
    { head: t.asked, cell: ({ askedId }) => nameOf(askedId) },
    {
      head: t.state,
      cell: ({ status, reason }) => (
        <>
          <span className={`tag tag-${tagOf(status)}`}>{matching.status[status]}</span>
          {reason === null ? null : (
            <span className="muted">
              <br />
              {reasonWords(reason)}
            </span>
          )}
        </>
      ),
    },
    {
      head: t.where,
      cell: ({ startsAt, tableNo }) =>
        startsAt === null || tableNo === null ? '–' : `${at(startsAt)} · ${matching.table(tableNo)}`,
    },
    { head: t.message, cell: ({ message }) => message ?? '–' },
    { head: t.since, cell: ({ createdAt }) => <span className="nowrap">{at(createdAt)}</span> },
    {
      head: t.action,
      isHeadHidden: true,
      cell: (one) => <Cancel meeting={one} pair={t.pair(nameOf(one.askerId), nameOf(one.askedId))} />,
    },
  ];
  return (
    <>
      <p>{t.answered(accepted, answered)}</p>
      <Field name="q" isSearch label={t.search} value={q} onChange={setQ} />
      <div className="tabs" role="group" aria-label={t.state}>
        {[null, ...requestTabs].map((one) => (
          <button key={one ?? 'all'} type="button" aria-pressed={tab === one} onClick={() => setTab(one)}>
            {one === null ? words.all : tabWords[one]}{' '}
            <span className="muted">
              {all.filter((meeting) => one === null || tabOf(meeting) === one).length}
            </span>
          </button>
        ))}
      </div>
      <Table label={t.requests} columns={columns} rows={rows} keyOf={({ id }) => id} empty={t.requestsNone} />
    </>
  );
}

function tagOf(status: Meeting['status']): string {
  if (status === 'scheduled' || status === 'held') return 'confirmed';
  if (status === 'requested' || status === 'accepted') return 'pending';
  return 'plain';
}

function Cancel({ meeting, pair }: { meeting: Meeting; pair: string }) {
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  if (meeting.status !== 'accepted' && meeting.status !== 'scheduled') return null;
  const body = reason.trim() === '' ? {} : { reason: reason.trim() };
  return (
    <>
      <Button look="danger" onPress={() => setOpen(true)}>
        {t.cancel}
        <span className="hidden-visually"> {pair}</span>
      </Button>
      {isOpen ? (
        <Sure
          title={t.cancelTitle(pair)}
          hint={t.cancelHint}
          action={t.cancel}
          run={(idempotencyKey) =>
            call('POST', `/meetings/${meeting.id}/cancel`, { body, idempotencyKey, version: meeting.version })
          }
          refresh={['meetings', 'meeting-plans', 'meeting-plan']}
          onClose={() => setOpen(false)}
        >
          <Field name="/reason" label={t.reason} value={reason} onChange={setReason} />
        </Sure>
      ) : null}
    </>
  );
}
