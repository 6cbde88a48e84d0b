import type { Stop, Timetable, Tour } from '#contracts';
import { inLang, pathIn } from '../../shared/language.js';
import { takesRegistrations } from '../../shared/stop-state.js';
import { dateRange, momentOf, timeRange, zoneLabel } from '../../shared/time.js';
import { stopTitle } from '../../shared/stop-title.js';
import { page, type PageRequest } from './page.js';
import { CalendarLinks, Fact, Partners, Prose, StateTag, Text, StopTitle } from './parts.js';
import { hasBegun, summarize, type StopSummary } from './stop-summary.js';

interface Model extends StopSummary {
  readonly tour: Tour;
  readonly timetable: Timetable | null;
}

export const stopPage = page<Model>({
  name: 'stop',
  path: '/stops/:id',
  load: async (data, { params: { id = '' }, nowMs }) => {
    const stop = await data.stop(id);
    const [tour, timetable, summary] = await Promise.all([
      data.tour(stop.tourId),
      data.timetable(id),
      summarize(stop, data, nowMs),
    ]);
    return { ...summary, tour, timetable };
  },
  view: (model, request) => {
    const { stop } = model;
    const { lang, words, site } = request;
    return {
      title: stopTitle(stop, lang).text,
      description: `${dateRange(stop.startsAt, stop.endsAt, stop.timeZone, lang)} · ${inLang(stop.venue.name, lang)}`,
      body: (
        <>
          <Crumb model={model} request={request} />
          <h1>
            <StopTitle of={stop} lang={lang} />
          </h1>
          <Notice model={model} request={request} />
          <div className="split">
            <div>
              <Facts model={model} request={request} />
              {stop.description === null ? null : (
                <section aria-labelledby="about">
                  <h2 id="about">{words.stop.about}</h2>
                  <Prose of={stop.description} lang={lang} />
                </section>
              )}
              <TimetableLink model={model} request={request} />
              {hasBegun(model) ? (
                <p>
                  <a href={pathIn(lang, `/stops/${stop.id}/results`)}>{words.results.link}</a>
                </p>
              ) : null}
              <Places stop={stop} request={request} />
              {stop.partners.length === 0 ? null : (
                <section aria-labelledby="partners">
                  <h2 id="partners">{words.stop.partners}</h2>
                  <Partners of={stop.partners} words={words} lang={lang} />
                </section>
              )}
              <Contact stop={stop} request={request} />
            </div>
            <aside>
              <RegisterBox model={model} request={request} />
              <section className="panel" aria-labelledby="calendar">
                <h2 id="calendar">{words.stop.calendar}</h2>
                <CalendarLinks
                  url={`${site.publicUrl}/v1/stops/${stop.id}/calendar.ics?lang=${lang}`}
                  words={words}
                />
              </section>
            </aside>
          </div>
        </>
      ),
    };
  },
});

interface Part {
  readonly model: Model;
  readonly request: PageRequest;
}

function Crumb({ model: { tour, stop }, request: { lang, words } }: Part) {
  return (
    <p className="crumb">
      <a href={pathIn(lang, `/tours/${tour.id}`)}>
        <Text of={tour.name} lang={lang} />
      </a>{' '}
      <span className="muted">{words.stop.number(stop.sequence)}</span>
    </p>
  );
}

function Notice({ model: { stop, state }, request: { words } }: Part) {
  if (stop.reason === null && state !== 'cancelled') return null;
  return (
    <p className={`notice ${state === 'cancelled' ? 'notice-bad' : ''}`}>
      <strong>{state === 'cancelled' ? words.stop.cancelled : words.stop.rescheduled}</strong>{' '}
      {stop.reason === null ? null : words.stop.reason(stop.reason)}
    </p>
  );
}

function Facts({ model: { stop, state }, request: { lang, words } }: Part) {
  const { venue, timeZone: zone } = stop;
  return (
    <dl className="facts">
      <Fact name={words.stop.when}>
        <time dateTime={stop.startsAt}>{dateRange(stop.startsAt, stop.endsAt, zone, lang)}</time>
        <br />
        {timeRange(stop.startsAt, stop.endsAt, zone)}{' '}
        <span className="muted">({zoneLabel(stop.startsAt, zone)})</span>
      </Fact>
      <Fact name={words.stop.where}>
        <Text of={venue.name} lang={lang} />
        {venue.address === null ? null : (
          <>
            <br />
            <span className="muted">
              <Text of={venue.address} lang={lang} />
            </span>
          </>
        )}
      </Fact>
      <Fact name={words.stop.registration}>
        <StateTag state={state} words={words} />
        <Rules stop={stop} request={{ lang, words }} />
      </Fact>
    </dl>
  );
}

function Rules({
  stop,
  request: { lang, words },
}: {
  stop: Stop;
  request: Pick<PageRequest, 'lang' | 'words'>;
}) {
  const { registration, timeZone: zone } = stop;
  const rules = [
    words.stop.window(
      momentOf(registration.opensAt, zone, lang),
      momentOf(registration.closesAt, zone, lang),
    ),
    words.stop.changes(momentOf(registration.changesUntil, zone, lang)),
    words.stop.perCompany(stop.maxDelegatesPerCompany),
    ...(registration.approval === 'manual' ? [words.stop.manual] : []),
    ...(registration.verifiedOnly ? [words.stop.verifiedOnly] : []),
    ...(registration.waitlist
      ? [registration.waitlistPolicy === 'strict' ? words.stop.waitlist : words.stop.waitlistFirstFit]
      : []),
  ];
  return (
    <ul className="rules">
      {rules.map((rule) => (
        <li key={rule}>{rule}</li>
      ))}
    </ul>
  );
}

function RegisterBox({ model: { stop, seats, state }, request: { lang, words } }: Part) {
  const { opensAt, closesAt } = stop.registration;
  return (
    <section className="panel panel-strong" aria-labelledby="seats" data-stop={stop.id}>
      <h2 id="seats">{words.seats.label}</h2>
      {seats === null ? (
        <p>
          {state === 'over' || state === 'cancelled'
            ? words.seats.capacity(stop.capacity)
            : words.seats.unknown}
        </p>
      ) : (
        <>
          <p className="big" data-one={words.seats.left(1)} data-several={words.seats.left(2)}>
            {words.seats.left(seats.left)}
          </p>
          <meter min={0} max={seats.capacity} value={seats.capacity - seats.left} aria-hidden="true" />
          <p className="muted">
            {words.seats.of(seats.confirmed + seats.pending, seats.capacity)}
            {seats.waitlisted > 0 ? ` · ${words.seats.waiting(seats.waitlisted)}` : ''}
          </p>
        </>
      )}
      {state === 'not_open' ? <p>{words.stop.opens(momentOf(opensAt, stop.timeZone, lang))}</p> : null}
      {takesRegistrations(state) ? (
        <>
          <p>
            <a className="button button-wide" href={pathIn(lang, `/company/stops/${stop.id}/register`)}>
              {state === 'open' ? words.stop.register : words.stop.joinWaiting}
            </a>
          </p>
          <p className="muted">{words.stop.closes(momentOf(closesAt, stop.timeZone, lang))}</p>
        </>
      ) : null}
      <p>
        <a href={pathIn(lang, '/company')}>{words.stop.manage}</a>
      </p>
    </section>
  );
}

function TimetableLink({ model: { stop, timetable }, request: { lang, words } }: Part) {
  return (
    <section aria-labelledby="timetable">
      <h2 id="timetable">{words.stop.timetable}</h2>
      {timetable === null ? (
        <p className="muted">{words.stop.noTimetable}</p>
      ) : (
        <p>
          <a className="button button-plain" href={pathIn(lang, `/stops/${stop.id}/timetable`)}>
            {words.stop.openTimetable}
          </a>{' '}
          <span className="muted">
            {words.stop.sessions(timetable.sessions.length, timetable.release.version ?? 0)}
          </span>
        </p>
      )}
    </section>
  );
}

function Places({ stop, request: { lang, words } }: { stop: Stop; request: PageRequest }) {
  return (
    <>
      {stop.travel === null ? null : (
        <section aria-labelledby="travel">
          <h2 id="travel">{words.stop.travel}</h2>
          <Prose of={stop.travel} lang={lang} />
        </section>
      )}
      {stop.rooms.length === 0 ? null : (
        <section aria-labelledby="rooms">
          <h2 id="rooms">{words.stop.rooms}</h2>
          <table>
            <thead>
              <tr>
                <th scope="col">{words.stop.room}</th>
                <th scope="col" className="number">
                  {words.stop.roomSeats}
                </th>
              </tr>
            </thead>
            <tbody>
              {stop.rooms.map((room) => (
                <tr key={room.id}>
                  <td>
                    <Text of={room.name} lang={lang} />
                  </td>
                  <td className="number">{room.seats}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </>
  );
}

function Contact({ stop: { contact }, request: { words } }: { stop: Stop; request: PageRequest }) {
  if (contact === null) return null;
  return (
    <section aria-labelledby="contact">
      <h2 id="contact">{words.stop.contact}</h2>
      <ul className="plain">
        {contact.name === null ? null : <li>{contact.name}</li>}
        {contact.email === null ? null : (
          <li>
            <a href={`mailto:${contact.email}`}>{contact.email}</a>
          </li>
        )}
        {contact.phone === null ? null : (
          <li>
            <a href={`tel:${contact.phone}`}>{contact.phone}</a>
          </li>
        )}
      </ul>
    </section>
  );
}
