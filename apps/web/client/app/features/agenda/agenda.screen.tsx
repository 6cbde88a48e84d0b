import { useQuery } from '@tanstack/react-query';
import { Link, createLazyRoute } from '@tanstack/react-router';
import { useState } from 'react';
import type { Registration } from '#contracts/registrations';
import type { Stop } from '#contracts/stops';
import { inLang } from '../../../../shared/language.js';
import { stopTitle } from '../../../../shared/stop-title.js';
import { dayOf, dateOf, timeRange, zoneLabel } from '../../../../shared/time.js';
import { registrations } from '../../api/queries.js';
import { Labelled } from '../../form/fields.js';
import { OfStop } from '../../ui/of-address.js';
import { Screen } from '../../ui/screen.js';
import { Button, Loaded } from '../../ui/ui.js';
import { lang, words } from '../../words/index.js';
import { SignedIn } from '../account/signed-in.js';
import { agendaOf, type SignUps } from './agenda.js';
import { seatsLeft, signUps, timetable, type Timetable, type TimetableSession } from './agenda.queries.js';
import { SignUpDialog } from './sign-up-dialog.js';
import { t } from './words.js';

const Page = () => (
  <SignedIn role="company">{() => <OfStop>{(stop) => <Agenda stop={stop} />}</OfStop>}</SignedIn>
);

type Delegate = Registration['delegates'][number];

function Agenda({ stop }: { stop: Stop }) {
  const mine = useQuery(registrations(stop.id));
  const released = useQuery(timetable(stop.id));
  const confirmed = mine.data?.find(({ status }) => status === 'confirmed');
  return (
    <Screen
      title={`${stopTitle(stop, lang).text} · ${t.title}`}
      above={<Link to="/company">{words.desk.title}</Link>}
    >
      <p className="muted">{zoneLabel(stop.startsAt, stop.timeZone)}</p>
      <Loaded query={mine}>
        {() => (confirmed === undefined ? <p className="notice">{t.notConfirmed}</p> : null)}
      </Loaded>
      <Loaded query={released}>
        {(known) =>
          known === null ? (
            <p className="empty">{t.noRelease}</p>
          ) : (
            <Sessions stop={stop} timetable={known} registration={confirmed} />
          )
        }
      </Loaded>
    </Screen>
  );
}

interface SessionsProps {
  readonly stop: Stop;
  readonly timetable: Timetable;
  readonly registration: Registration | undefined;
}

function Sessions({ stop, timetable: known, registration }: SessionsProps) {
  const delegates = registration?.delegates ?? [];
  const ids = registration === undefined ? [] : known.sessions.map(({ id }) => id);
  const asked = useQuery(signUps(stop.id, ids));
  const seats = useQuery(seatsLeft(stop.id));
  const [isOurs, setOurs] = useState(false);
  const [who, setWho] = useState<string | null>(null);
  const taken: SignUps = asked.data ?? new Map();
  const shown = isOurs ? agendaOf(who, known.sessions, taken) : known.sessions;
  const days = [...new Set(shown.map(({ startsAt }) => dayOf(startsAt, stop.timeZone)))].toSorted();
  return (
    <>
      {registration === undefined ? null : (
        <div className="no-print">
          <nav className="tabs" aria-label={t.title}>
            {([false, true] as const).map((ours) => (
              <button
                key={String(ours)}
                type="button"
                aria-pressed={isOurs === ours}
                onClick={() => setOurs(ours)}
              >
                {ours ? t.agenda : t.all}
              </button>
            ))}
          </nav>
          {isOurs ? <Whose delegates={delegates} who={who} onChange={setWho} /> : null}
          <p className="actions">
            {isOurs ? (
              <Button look="plain" onPress={() => window.print()}>
                {t.print}
              </Button>
            ) : null}
            <a className="button button-plain" href={`/v1/stops/${stop.id}/timetable.ics`} download>
              {t.calendar}
            </a>
            <Link
              className="button button-plain"
              to="/company/registrations/$id/badges"
              params={{ id: registration.id }}
            >
              {t.badges}
            </Link>
          </p>
        </div>
      )}
      {shown.length === 0 ? <p className="empty">{t.nothing}</p> : null}
      {days.map((day) => {
        const ofDay = shown.filter(({ startsAt }) => dayOf(startsAt, stop.timeZone) === day);
        return (
          <section key={day} aria-labelledby={`day-${day}`}>
            <h2 id={`day-${day}`}>{dateOf(ofDay[0]?.startsAt ?? stop.startsAt, stop.timeZone, lang)}</h2>
            <ul className="rows">
              {ofDay.map((session) => (
                <SessionRow
                  key={session.id}
                  stop={stop}
                  timetable={known}
                  session={session}
                  delegates={delegates}
                  signUps={taken}
                  left={seats.data?.get(session.id) ?? null}
                  canSignUp={registration !== undefined && asked.data !== undefined}
                />
              ))}
            </ul>
          </section>
        );
      })}
    </>
  );
}

interface WhoseProps {
  readonly delegates: readonly Delegate[];
  readonly who: string | null;
  readonly onChange: (who: string | null) => void;
}

function Whose({ delegates, who, onChange }: WhoseProps) {
  return (
    <div className="form">
      <Labelled label={t.whose} isRequired>
        {(described) => (
          <select
            {...described}
            className="field-input"
            value={who ?? ''}
            onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
          >
            <option value="">{t.everybody}</option>
            {delegates.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Labelled>
    </div>
  );
}

interface RowProps {
  readonly stop: Stop;
  readonly timetable: Timetable;
  readonly session: TimetableSession;
  readonly delegates: readonly Delegate[];
  readonly signUps: SignUps;
  readonly left: number | null;
  readonly canSignUp: boolean;
}

function SessionRow({
  stop,
  timetable: known,
  session,
  delegates,
  signUps: taken,
  left,
  canSignUp,
}: RowProps) {
  const [isOpen, setOpen] = useState(false);
  const { id, title, roomId, startsAt, endsAt, speakers, track } = session;
  const going = delegates.filter((one) => (taken.get(id) ?? []).includes(one.id));
  const room = known.rooms.find((one) => one.id === roomId);
  const name = inLang(title, lang);
  const isOver = Date.parse(endsAt) < Date.now();
  return (
    <li>
      <span>
        <span className="nowrap">{timeRange(startsAt, endsAt, stop.timeZone)}</span> <strong>{name}</strong>{' '}
        {track === null ? null : <span className="tag">{track}</span>}
        <br />
        <span className="muted">
          {[
            room === undefined ? '' : inLang(room.name, lang),
            speakers.map((one) => one.name).join(', '),
            left === null ? '' : t.seats(left),
          ]
            .filter((one) => one !== '')
            .join(' · ')}
        </span>
        {going.length === 0 ? null : (
          <>
            <br />
            {t.signedUp(going.map((one) => one.name).join(lang === 'zh' ? '、' : ', '))}
          </>
        )}
      </span>
      {isOver ? <span className="muted">{t.ended}</span> : null}
      {canSignUp && !isOver ? (
        <span className="no-print">
          <Button look="plain" aria-label={t.signUpLabel(name)} onPress={() => setOpen(true)}>
            {t.signUp}
          </Button>
        </span>
      ) : null}
      {isOpen ? (
        <SignUpDialog
          stop={stop}
          session={session}
          sessions={known.sessions}
          delegates={delegates}
          signUps={taken}
          left={left}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </li>
  );
}

export const route = createLazyRoute('/company/agenda/$stopId')({ component: Page });
