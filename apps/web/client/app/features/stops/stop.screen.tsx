import { useQuery } from '@tanstack/react-query';
import { Link, createLazyRoute } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Stop } from '#contracts/stops';
import { pathIn } from '../../../../shared/language.js';
import { dateRange, momentOf, zoneLabel } from '../../../../shared/time.js';
import { availability, sessions as sessionsQuery } from '../../api/queries.js';
import { OfStop } from '../../ui/of-address.js';
import { Facts } from '../../ui/table.js';
import { Nothing } from '../../ui/ui.js';
import { lang } from '../../words/index.js';
import { SignedIn } from '../account/signed-in.js';
import { meetingRules } from '../matching/matching.queries.js';
import { StopScreen } from '../organizer/stop-screen.js';
import { checklistOf, type Check } from './checklist.js';
import { StateTag } from './state-tag.js';
import { StopActions } from './stop-actions.js';
import { attendance, doorPassCount, releaseCount } from './stops.queries.js';
import { t } from './words.js';

const Page = () => (
  <SignedIn role="organizer">{() => <OfStop>{(stop) => <Overview stop={stop} />}</OfStop>}</SignedIn>
);

function Overview({ stop }: { stop: Stop }) {
  const at = (instant: string): string => momentOf(instant, stop.timeZone, lang);
  return (
    <StopScreen stop={stop} title={t.overview}>
      <p>
        <StateTag status={stop.status} /> {dateRange(stop.startsAt, stop.endsAt, stop.timeZone, lang)}{' '}
        {stop.status === 'draft' ? null : <a href={pathIn(lang, `/stops/${stop.id}`)}>{t.publicPage}</a>}
      </p>
      {stop.reason === null ? null : <p className="notice">{stop.reason}</p>}
      <Numbers stop={stop} />
      <ToDos stop={stop} />
      <StopActions stop={stop} />
      <section aria-labelledby="dates">
        <h2 id="dates">{t.dates}</h2>
        <p className="muted">{zoneLabel(stop.startsAt, stop.timeZone)}</p>
        <Facts
          facts={[
            [t.opensAt, at(stop.registration.opensAt)],
            [t.closesAt, at(stop.registration.closesAt)],
            [t.changesUntil, at(stop.registration.changesUntil)],
            [t.startsAt, at(stop.startsAt)],
            [t.endsAt, at(stop.endsAt)],
          ]}
        />
      </section>
      {stop.status === 'draft' || stop.status === 'published' ? <Checklist stop={stop} /> : null}
    </StopScreen>
  );
}

function Numbers({ stop }: { stop: Stop }) {
  const isPublic = stop.status !== 'draft';
  const seats = useQuery({ ...availability(stop.id), enabled: isPublic });
  const sessions = useQuery(sessionsQuery(stop.id));
  const present = useQuery({ ...attendance(stop.id), enabled: isPublic });
  const count = (status: string) => sessions.data?.filter((one) => one.status === status).length;
  const numbers: [string, number | undefined][] = [
    [t.confirmed, seats.data?.confirmed],
    [t.pending, seats.data?.pending],
    [t.waiting, seats.data?.waitlisted],
    [t.left, isPublic ? seats.data?.left : stop.capacity],
    [t.sessionsScheduled, count('scheduled')],
    [t.sessionsOpen, count('proposed')],
    [t.checkedIn, present.data?.checkedIn],
  ];
  return (
    <section aria-label={t.numbers}>
      <ul className="numbers">
        {numbers.map(([name, number]) => (
          <li key={name}>
            <strong>{number ?? '–'}</strong>
            <span className="muted">{name}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function ToDos({ stop }: { stop: Stop }) {
  const seats = useQuery({ ...availability(stop.id), enabled: stop.status === 'published' });
  const sessions = useQuery(sessionsQuery(stop.id));
  const count = (status: string) => sessions.data?.filter((one) => one.status === status).length ?? 0;
  const { pending = 0, waitlisted = 0, left = 0 } = seats.data ?? {};
  const isOver = stop.status === 'published' && Date.now() > Date.parse(stop.endsAt);
  const params = { stopId: stop.id };
  const registrations = (status: 'pending' | 'waitlisted', words: string) => (
    <Link to="/console/stops/$stopId/registrations" params={params} search={{ status }}>
      {words}
    </Link>
  );
  const to = (path: '/console/stops/$stopId/reviews' | '/console/stops/$stopId/planner', words: string) => (
    <Link to={path} params={params}>
      {words}
    </Link>
  );
  const todos: (ReactNode | null)[] = [
    stop.status === 'draft' ? t.todoPublish : null,
    pending > 0 ? registrations('pending', t.todoPending(pending)) : null,
    waitlisted > 0 ? registrations('waitlisted', t.todoWaiting(waitlisted, left)) : null,
    count('proposed') > 0 ? to('/console/stops/$stopId/reviews', t.todoProposals(count('proposed'))) : null,
    count('accepted') > 0 ? to('/console/stops/$stopId/planner', t.todoUnscheduled(count('accepted'))) : null,
    isOver ? t.todoComplete : null,
  ];
  const open = todos.filter((one) => one !== null);
  const isKnown = sessions.data !== undefined && (stop.status !== 'published' || seats.data !== undefined);
  return (
    <section aria-labelledby="todos">
      <h2 id="todos">{t.todos}</h2>
      {open.length === 0 ? (
        <Nothing isKnown={isKnown} words={t.noTodos} />
      ) : (
        <ul>
          {open.map((one, at) => (
            <li key={at}>{one}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** Where each thing of the checklist is done; publishing is a button of this screen. */
const placeOf = {
  bothLanguages: '/console/stops/$stopId/edit',
  description: '/console/stops/$stopId/edit',
  travel: '/console/stops/$stopId/edit',
  contact: '/console/stops/$stopId/edit',
  rooms: '/console/stops/$stopId/edit',
  published: null,
  sessions: '/console/stops/$stopId/sessions',
  released: '/console/stops/$stopId/releases',
  meetings: '/console/stops/$stopId/meetings/rules',
  door: '/console/stops/$stopId/door',
} as const satisfies Record<Check, string | null>;

function Checklist({ stop }: { stop: Stop }) {
  const sessions = useQuery(sessionsQuery(stop.id));
  const releases = useQuery(releaseCount(stop.id));
  const passes = useQuery(doorPassCount(stop.id));
  const rules = useQuery(meetingRules(stop.id));
  const checks = checklistOf({
    stop,
    sessions: sessions.data,
    releases: releases.data,
    hasMeetingRules: rules.data === undefined ? undefined : rules.data !== null,
    doorPasses: passes.data,
  });
  return (
    <section aria-labelledby="checklist">
      <h2 id="checklist">{t.checklist}</h2>
      <ul className="checklist">
        {checks.map(([check, isDone]) => (
          <li key={check}>
            <span aria-hidden="true">{isDone === undefined ? '?' : isDone ? '✓' : '○'}</span>
            <span>
              <CheckName check={check} stopId={stop.id} />{' '}
              <span className="muted">{isDone === undefined ? t.unknown : isDone ? t.done : t.open}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function CheckName({ check, stopId }: { check: Check; stopId: string }) {
  const place = placeOf[check];
  if (place === null) return t.checks[check];
  return (
    <Link to={place} params={{ stopId }}>
      {t.checks[check]}
    </Link>
  );
}

export const route = createLazyRoute('/console/stops/$stopId')({ component: Page });
