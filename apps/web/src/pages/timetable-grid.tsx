import type { Room, Timetable } from '#contracts';
import { inLang, pathIn } from '../../shared/language.js';
import { dateOf, shortDateOf, timeOf, timeRange } from '../../shared/time.js';
import type { Day, Slice } from '../../shared/timetable/layout.js';
import type { PageRequest } from './page.js';
import { Text } from './parts.js';

/** Height of a minute, in rem, and of a pause however long it is. */
const minuteRem = 0.115;
const [minSliceRem, maxSliceRem, pauseRem] = [0.5, 14, 1.5];
const trackColours = 6;
/** As many rooms as fit beside each other on a desk. */
const maxFittingRooms = 5;

type Session = Timetable['sessions'][number];

/** The rules that place the sessions of each day, since pages have no `style` attributes. */
export function gridStyle(days: readonly Day<Session>[]): string {
  const rules = days.flatMap((day, index) => [
    `.d${index}{grid-template-columns:4.25rem repeat(${day.roomIds.length},minmax(10rem,1fr));` +
      `grid-template-rows:auto ${day.slices.map(rowHeight).join(' ')} 1.5rem}`,
    ...day.slices.map((_, at) => `.d${index} .t${at}{grid-row:${at + 2}}`),
    ...day.sessions.flatMap((session, at) => {
      const place = day.places.get(session.id);
      return place === undefined
        ? []
        : [`.d${index} .s${at}{grid-area:${place.row}/${place.column}/${place.rowEnd}/${place.column + 1}}`];
    }),
    ...day.roomIds.map((_, at) => `.d${index} .r${at}{grid-column:${at + 2}}`),
  ]);
  return rules.length === 0 ? '' : `@media (min-width:62rem){${rules.join('')}}`;
}

function rowHeight({ minutes, isPause }: Slice): string {
  const rem = isPause ? pauseRem : Math.min(maxSliceRem, Math.max(minSliceRem, minutes * minuteRem));
  return `minmax(${Number(rem.toFixed(2))}rem,auto)`;
}

interface DayProps {
  readonly day: Day<Session>;
  readonly index: number;
  readonly timetable: Timetable;
  readonly tracks: readonly string[];
  readonly request: PageRequest;
}

/** One day: a grid where there is room for one, a list where not; in the order of time either way. */
export function TimetableDay({ day, index, timetable, tracks, request }: DayProps) {
  const { lang, words } = request;
  const zone = timetable.stop.timeZone;
  const first = day.sessions[0]?.startsAt ?? timetable.stop.startsAt;
  const rooms = new Map(timetable.rooms.map((room) => [room.id, room]));
  return (
    <section className="day" aria-labelledby={`day-${day.date}`}>
      <h2 id={`day-${day.date}`}>{dateOf(first, zone, lang)}</h2>
      <div
        className={`grid-box${day.roomIds.length > maxFittingRooms ? ' grid-many' : ''}`}
        role="region"
        aria-label={words.timetable.grid(shortDateOf(first, zone, lang))}
        tabIndex={0}
      >
        <div className={`grid d${index}`}>
          {day.roomIds.map((id, at) => (
            <span key={id} className={`grid-room r${at}`} aria-hidden="true">
              {roomName(rooms.get(id), request)}
            </span>
          ))}
          {day.slices.map((slice, at) => (
            <span key={slice.from} className={`grid-time t${at}`} aria-hidden="true">
              {timeOf(slice.from, zone)}
            </span>
          ))}
          <ol className="sessions">
            {day.sessions.map((session, at) => (
              <SessionCard
                key={session.id}
                session={session}
                className={`s${at}`}
                room={rooms.get(session.roomId)}
                tracks={tracks}
                zone={zone}
                request={request}
              />
            ))}
          </ol>
        </div>
      </div>
    </section>
  );
}

function roomName(room: Room | undefined, { lang }: PageRequest): string {
  return room === undefined ? '' : inLang(room.name, lang);
}

interface CardProps {
  readonly session: Session;
  readonly className: string;
  readonly room: Room | undefined;
  readonly tracks: readonly string[];
  readonly zone: string;
  readonly request: PageRequest;
}

function SessionCard({ session, className, room, tracks, zone, request }: CardProps) {
  const { lang, words, nowMs } = request;
  const isOn = Date.parse(session.startsAt) <= nowMs && nowMs < Date.parse(session.endsAt);
  const colour = session.track === null ? '' : ` track-${tracks.indexOf(session.track) % trackColours}`;
  return (
    <li
      className={`session ${className}${colour}${isOn ? ' is-on' : ''}`}
      id={`s-${session.id}`}
      data-room={session.roomId}
      data-track={session.track ?? ''}
      data-language={session.language ?? ''}
      data-from={session.startsAt}
      data-to={session.endsAt}
    >
      <p className="session-time">
        <time dateTime={session.startsAt} data-until={session.endsAt}>
          {timeRange(session.startsAt, session.endsAt, zone)}
        </time>{' '}
        <span className="session-room">{roomName(room, request)}</span>
        {isOn ? <span className="tag tag-on"> {words.timetable.now}</span> : null}
      </p>
      <h3>
        <a href={pathIn(lang, `/sessions/${session.id}`)}>
          <Text of={session.title} lang={lang} />
        </a>
      </h3>
      {session.speakers.length === 0 ? null : (
        <p className="session-speakers">
          {session.speakers.map(({ name }) => name).join(lang === 'zh' ? '、' : ', ')}
        </p>
      )}
      <p className="session-marks">
        {session.kind === 'sharing' ? null : <span className="mark">{words.kinds[session.kind]}</span>}
        {session.track === null ? null : <span className="mark mark-track">{session.track}</span>}
        {session.language === null || session.language === lang ? null : (
          <span className="mark">{words.spoken[session.language]}</span>
        )}
      </p>
    </li>
  );
}
