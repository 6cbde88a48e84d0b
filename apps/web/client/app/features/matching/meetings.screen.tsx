import { useQuery } from '@tanstack/react-query';
import { Link, createLazyRoute } from '@tanstack/react-router';
import { useState } from 'react';
import type { Meeting } from '#contracts/meetings';
import type { Stop } from '#contracts/stops';
import { inLang } from '../../../../shared/language.js';
import { stopTitle } from '../../../../shared/stop-title.js';
import { shortDateOf, timeRange, zoneLabel } from '../../../../shared/time.js';
import { ApiProblem } from '../../api/call.js';
import { company, registrations } from '../../api/queries.js';
import { OfStop } from '../../ui/of-address.js';
import { Screen } from '../../ui/screen.js';
import { Button, Loaded } from '../../ui/ui.js';
import { lang } from '../../words/index.js';
import { SignedIn } from '../account/signed-in.js';
import { HeldMeeting } from '../outcomes/held-meeting.js';
import { AttendancePanel } from './attendance-form.js';
import { MeetingCalendar } from './meeting-calendar.js';
import { MeetingDialogs, type OpenMeeting } from './meeting-dialogs.js';
import { grouped, meetingGroups, otherSide } from './meeting-groups.js';
import { listings, meetingRules, meetings } from './matching.queries.js';
import { t as planning } from './meeting-words.js';
import { reasonWords } from './reason-words.js';
import { t } from './words.js';

/** The requests of others first, then what is planned, agreed and asked for. */
const Meetings = () => (
  <SignedIn role="company">
    {() => (
      <OfStop>
        {(stop) => (
          <Screen
            title={t.meetings}
            lead={t.atStop(stopTitle(stop, lang).text)}
            above={<Link to="/company/matching">{t.back}</Link>}
          >
            <OfCompany stop={stop} />
          </Screen>
        )}
      </OfStop>
    )}
  </SignedIn>
);

function OfCompany({ stop }: { stop: Stop }) {
  const own = useQuery(company);
  const query = useQuery(meetings(stop.id));
  if (query.error instanceof ApiProblem && query.error.code === 'meeting.not_attending')
    return <p className="empty">{t.notAttending}</p>;
  return (
    <Loaded query={own}>
      {({ id }) => (
        <Loaded query={query}>{(all) => <Groups meetings={all} companyId={id} stop={stop} />}</Loaded>
      )}
    </Loaded>
  );
}

interface GroupsProps {
  readonly meetings: readonly Meeting[];
  readonly companyId: string;
  readonly stop: Stop;
}

function Groups({ meetings: all, companyId, stop }: GroupsProps) {
  const [open, setOpen] = useState<OpenMeeting | null>(null);
  const registered = useQuery(registrations(stop.id));
  const published = useQuery({ ...listings(stop.tourId), retry: false });
  const rules = useQuery(meetingRules(stop.id)).data ?? null;
  const names = new Map(published.data?.map((one) => [one.companyId, inLang(one.company.name, lang)]));
  const groups = grouped(all, companyId);
  const nameOf = (one: Meeting): string => names.get(otherSide(one, companyId)) ?? t.someCompany;
  const delegates = (registered.data ?? []).flatMap((one) =>
    one.status === 'confirmed' ? one.delegates : [],
  );
  return (
    <>
      {rules === null ? null : (
        <p className="muted">
          {rules.scheduling === 'participants' ? planning.byParticipants : planning.byOrganizer}
        </p>
      )}
      {delegates.length === 0 ? null : <AttendancePanel stop={stop} delegates={delegates} />}
      {all.some(({ startsAt }) => startsAt !== null) ? <MeetingCalendar /> : null}
      {all.length === 0 ? <p className="empty">{t.noMeetings}</p> : null}
      {meetingGroups.map((group) => {
        const some = groups.get(group) ?? [];
        if (some.length === 0) return null;
        return (
          <section key={group} aria-labelledby={group}>
            <h2 id={group}>
              {t[group]} ({some.length})
            </h2>
            <ul className="cards">
              {some.map((one) => (
                <li key={one.id} className="card">
                  <MeetingCard
                    meeting={one}
                    companyId={companyId}
                    name={nameOf(one)}
                    stop={stop}
                    canSchedule={rules?.scheduling === 'participants'}
                    onOpen={(kind) => setOpen({ kind, meeting: one, name: nameOf(one), companyId })}
                  />
                </li>
              ))}
            </ul>
          </section>
        );
      })}
      <MeetingDialogs
        open={open}
        delegates={delegates}
        stop={stop}
        rules={rules}
        own={all}
        onClose={() => setOpen(null)}
      />
    </>
  );
}

interface CardProps {
  readonly meeting: Meeting;
  readonly companyId: string;
  readonly name: string;
  readonly stop: Stop;
  /** Where participants choose the time themselves. */
  readonly canSchedule: boolean;
  readonly onOpen: (kind: OpenMeeting['kind']) => void;
}

function MeetingCard({ meeting, companyId, name, stop, canSchedule, onOpen }: CardProps) {
  const { status, startsAt, endsAt, tableNo, message, reason, askedId } = meeting;
  const isAsked = askedId === companyId;
  const isAgreed = status === 'accepted' || status === 'scheduled';
  return (
    <>
      {startsAt === null || endsAt === null ? null : (
        <p className="big-time">
          <strong>{timeRange(startsAt, endsAt, stop.timeZone)}</strong>
          {tableNo === null ? null : ` · ${t.table(tableNo)}`}
          <br />
          <span className="muted">
            {shortDateOf(startsAt, stop.timeZone, lang)} ({zoneLabel(startsAt, stop.timeZone)})
          </span>
        </p>
      )}
      <h3>{t.with(name)}</h3>
      <p>
        <span className={`tag tag-${isAgreed || status === 'held' ? 'confirmed' : 'pending'}`}>
          {t.status[status]}
        </span>
      </p>
      {message === null ? null : <blockquote>{message}</blockquote>}
      {reason === null ? null : (
        <p className="muted">
          {t.reason}: {reasonWords(reason)}
        </p>
      )}
      <p className="actions">
        {status === 'requested' && isAsked ? (
          <>
            <Button onPress={() => onOpen('accept')} aria-label={t.acceptTitle(name)}>
              {t.accept}
            </Button>
            <Button look="plain" onPress={() => onOpen('decline')} aria-label={t.declineTitle(name)}>
              {t.decline}
            </Button>
          </>
        ) : null}
        {status === 'requested' && !isAsked ? (
          <Button look="plain" onPress={() => onOpen('withdraw')}>
            {t.withdraw}
            <span className="hidden-visually"> {name}</span>
          </Button>
        ) : null}
        {isAgreed && canSchedule ? (
          <Button look={status === 'accepted' ? 'main' : 'plain'} onPress={() => onOpen('schedule')}>
            {status === 'accepted' ? planning.chooseTime : planning.changeTime}
            <span className="hidden-visually"> {name}</span>
          </Button>
        ) : null}
        {status === 'scheduled' && canSchedule ? (
          <Button look="plain" onPress={() => onOpen('drop-time')}>
            {planning.dropTime}
            <span className="hidden-visually"> {name}</span>
          </Button>
        ) : null}
        {status === 'held' ? <HeldMeeting meeting={meeting} companyId={companyId} name={name} /> : null}
        {isAgreed ? (
          <>
            <Button look="plain" onPress={() => onOpen('show')}>
              {t.show}
              <span className="hidden-visually"> {name}</span>
            </Button>
            <Button look="plain" onPress={() => onOpen('delegate')}>
              {t.setDelegate}
              <span className="hidden-visually"> {name}</span>
            </Button>
            <Button look="danger" onPress={() => onOpen('cancel')}>
              {t.cancel}
              <span className="hidden-visually"> {name}</span>
            </Button>
          </>
        ) : null}
      </p>
    </>
  );
}

export const route = createLazyRoute('/company/stops/$stopId/meetings')({ component: Meetings });
