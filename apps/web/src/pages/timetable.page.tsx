import type { Stop, Timetable } from '#contracts';
import { inLang, pathIn } from '../../shared/language.js';
import { momentOf, shortDateOf, zoneLabel } from '../../shared/time.js';
import { filterFields, matches, type TimetableFilter } from '../../shared/timetable/filter.js';
import { layOut } from '../../shared/timetable/layout.js';
import { NotFound } from '../api/page-data.js';
import { stopTitle } from '../../shared/stop-title.js';
import { page, type PageRequest, type PageView } from './page.js';
import { CalendarLinks, StopTitle } from './parts.js';
import { TimetableDay, gridStyle } from './timetable-grid.js';

interface Model {
  readonly stop: Stop;
  /** `null` where none is out yet. */
  readonly timetable: Timetable | null;
  /** The number of the latest release. */
  readonly latest: number;
}

export const timetablePage = page<Model>({
  name: 'timetable',
  path: '/stops/:id/timetable',
  query: ['release', ...filterFields],
  load: async (data, { params: { id = '' }, query: { release = '' } }) => {
    const stop = await data.stop(id);
    const latest = await data.timetable(id);
    if (release === '' || release === 'draft') return { stop, timetable: latest, latest: numberOf(latest) };
    const timetable = await data.timetable(id, release);
    if (timetable === null) throw new NotFound(`release ${release}`);
    return { stop, timetable, latest: numberOf(latest) };
  },
  view: ({ stop, timetable, latest }, request) =>
    timetable === null ? emptyView(stop, request) : timetableView(timetable, latest, request),
});

const numberOf = (timetable: Timetable | null): number => timetable?.release.version ?? 0;

function titleOf(stop: Pick<Stop, 'city' | 'name'>, { lang, words }: PageRequest): string {
  return words.timetable.of(stopTitle(stop, lang).text);
}

function Crumb({
  stop,
  request: { lang },
}: {
  stop: Pick<Stop, 'id' | 'name' | 'city'>;
  request: PageRequest;
}) {
  return (
    <p className="crumb">
      <a href={pathIn(lang, `/stops/${stop.id}`)}>
        <StopTitle of={stop} lang={lang} />
      </a>
    </p>
  );
}

function emptyView(stop: Stop, request: PageRequest): PageView {
  const { words } = request;
  return {
    title: titleOf(stop, request),
    body: (
      <>
        <Crumb stop={stop} request={request} />
        <h1>{words.timetable.title}</h1>
        <div className="empty">
          <p>
            <strong>{words.timetable.empty}</strong>
          </p>
          <p>{words.timetable.emptyHint}</p>
        </div>
      </>
    ),
  };
}

function timetableView(timetable: Timetable, latest: number, request: PageRequest): PageView {
  const { lang, words, site } = request;
  const { stop, rooms, sessions } = timetable;
  const filter = filterOf(request.query);
  const shown = sessions.filter((session) => matches({ ...session, ...facets(session) }, filter));
  const days = layOut(
    shown,
    rooms.map(({ id }) => id),
    stop.timeZone,
  );
  const tracks = tracksOf(timetable);
  return {
    title: titleOf(stop, request),
    style: gridStyle(days),
    body: (
      <>
        <Crumb stop={stop} request={request} />
        <h1>{words.timetable.title}</h1>
        <ReleaseLine timetable={timetable} latest={latest} request={request} />
        <p className="zone" data-zone={stop.timeZone}>
          <span data-zone-label="">{words.timetable.times(zoneLabel(stop.startsAt, stop.timeZone))}</span>{' '}
          <span data-zone-switch={words.timetable.myZone} data-zone-back={words.timetable.stopZone} />
        </p>
        <Filters
          timetable={timetable}
          filter={filter}
          tracks={tracks}
          request={request}
          found={shown.length}
        />
        <nav className="days" aria-label={words.timetable.days}>
          {days.map((day) => (
            <a key={day.date} href={`#day-${day.date}`}>
              {shortDateOf(day.sessions[0]?.startsAt ?? stop.startsAt, stop.timeZone, lang)}
            </a>
          ))}
          <a href="#now" data-now="" hidden>
            {words.timetable.jumpToNow}
          </a>
          <a href={pathIn(lang, `/stops/${stop.id}/print`)}>{words.timetable.print}</a>
        </nav>
        {days.length === 0 ? <p className="empty">{words.timetable.none}</p> : null}
        <p className="empty" data-none="" hidden>
          {words.timetable.none}
        </p>
        {days.map((day, index) => (
          <TimetableDay
            key={day.date}
            day={day}
            index={index}
            timetable={timetable}
            tracks={tracks}
            request={request}
          />
        ))}
        <section aria-labelledby="calendar">
          <h2 id="calendar">{words.timetable.calendar}</h2>
          <CalendarLinks
            url={`${site.publicUrl}/v1/stops/${stop.id}/timetable.ics?lang=${lang}`}
            words={words}
          />
        </section>
      </>
    ),
  };
}

function ReleaseLine({
  timetable: { release, stop },
  latest,
  request: { lang, words },
}: {
  timetable: Timetable;
  latest: number;
  request: PageRequest;
}) {
  const version = release.version ?? 0;
  const isOld = version < latest;
  return (
    <p className={isOld ? 'notice' : 'release'}>
      {isOld ? (
        <>
          <strong>{words.timetable.old(version)}</strong>{' '}
          <a href={pathIn(lang, `/stops/${stop.id}/timetable`)}>{words.timetable.latest}</a>
        </>
      ) : (
        <>
          {words.timetable.release(version, momentOf(release.publishedAt ?? '', stop.timeZone, lang))}
          {version > 1 ? (
            <>
              {' · '}
              <a href={pathIn(lang, `/stops/${stop.id}/changes?since=${version - 1}`)}>
                {words.timetable.changes}
              </a>
            </>
          ) : null}
          <br />
          <span className="muted">{words.timetable.mayChange}</span>
        </>
      )}
    </p>
  );
}

interface FiltersProps {
  readonly timetable: Timetable;
  readonly filter: TimetableFilter;
  readonly tracks: readonly string[];
  readonly found: number;
  readonly request: PageRequest;
}

/** A plain form: without JavaScript it asks the server, with it the answer is there at once. */
function Filters({ timetable, filter, tracks, found, request }: FiltersProps) {
  const { lang, words } = request;
  const t = words.timetable;
  const rooms = timetable.rooms.map(({ id, name }) => [id, inLang(name, lang)] as const);
  const spoken = (['zh', 'en'] as const).filter((one) =>
    timetable.sessions.some(({ language }) => language === one),
  );
  const selects = [
    { name: 'room', label: t.room, options: rooms },
    { name: 'track', label: t.track, options: tracks.map((one) => [one, one] as const) },
    { name: 'language', label: t.language, options: spoken.map((one) => [one, words.spoken[one]] as const) },
  ] as const;
  const isFiltered = filterFields.some((name) => filter[name] !== '');
  return (
    <form className="filters" method="get" data-filter="">
      {selects.map(({ name, label, options }) =>
        options.length < 2 ? null : (
          <label key={name}>
            <span>{label}</span>
            <select name={name} defaultValue={filter[name]}>
              <option value="">{t.all}</option>
              {options.map(([value, text]) => (
                <option key={value} value={value}>
                  {text}
                </option>
              ))}
            </select>
          </label>
        ),
      )}
      <label className="grow">
        <span>{t.search}</span>
        <input type="search" name="q" defaultValue={filter.q} autoComplete="off" />
      </label>
      <button type="submit">{t.apply}</button>
      <span className="muted" role="status" data-found="" data-one={t.found(1)} data-several={t.found(2)}>
        {t.found(found)}
      </span>
      {isFiltered ? <a href={pathIn(lang, request.path)}>{t.clear}</a> : null}
    </form>
  );
}

function filterOf(query: PageRequest['query']): TimetableFilter {
  const value = (name: (typeof filterFields)[number]) => query[name] ?? '';
  return { room: value('room'), track: value('track'), language: value('language'), q: value('q') };
}

function facets(session: Timetable['sessions'][number]) {
  const { title, speakers } = session;
  const people = speakers.map(({ name, organization }) => `${name} ${organization ?? ''}`);
  return {
    room: session.roomId,
    track: session.track ?? '',
    language: session.language ?? '',
    text: [title.zh, title.en, ...people].join(' '),
  };
}

function tracksOf({ sessions }: Timetable): string[] {
  return [...new Set(sessions.flatMap(({ track }) => (track === null ? [] : [track])))].toSorted();
}
