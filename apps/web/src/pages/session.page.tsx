import type { SessionView, Stop, Timetable } from '#contracts';
import { inLang, pathIn } from '../../shared/language.js';
import { dateOf, timeRange, zoneLabel } from '../../shared/time.js';
import type { SessionSeats } from '../api/page-data.js';
import { page } from './page.js';
import { Fact, Prose, Text, StopTitle } from './parts.js';

interface Model {
  readonly session: SessionView;
  readonly stop: Stop;
  readonly timetable: Timetable | null;
  readonly seats: SessionSeats | undefined;
}

export const sessionPage = page<Model>({
  name: 'session',
  path: '/sessions/:id',
  load: async (data, { params: { id = '' } }) => {
    const session = await data.one<SessionView>(`/v1/sessions/${encodeURIComponent(id)}`);
    const [stop, timetable, seats] = await Promise.all([
      data.stop(session.stopId),
      data.timetable(session.stopId),
      data.sessionSeats(session.stopId),
    ]);
    return { session, stop, timetable, seats: seats.find(({ sessionId }) => sessionId === id) };
  },
  view: ({ session, stop, timetable, seats }, { lang, words }) => {
    const room = timetable?.rooms.find(({ id }) => id === session.roomId);
    const { startsAt, endsAt } = session;
    return {
      title: inLang(session.title, lang),
      description: session.speakers.map(({ name }) => name).join(lang === 'zh' ? '、' : ', '),
      body: (
        <article>
          <p className="crumb">
            <a href={pathIn(lang, `/stops/${stop.id}/timetable#s-${session.id}`)}>{words.session.back}</a>{' '}
            <span className="muted">
              <StopTitle of={stop} lang={lang} />
            </span>
          </p>
          <h1>
            <Text of={session.title} lang={lang} />
          </h1>
          <dl className="facts">
            {startsAt === null || endsAt === null ? null : (
              <Fact name={words.session.when}>
                <time dateTime={startsAt}>
                  {dateOf(startsAt, stop.timeZone, lang)} {timeRange(startsAt, endsAt, stop.timeZone)}
                </time>{' '}
                <span className="muted">({zoneLabel(startsAt, stop.timeZone)})</span>
              </Fact>
            )}
            {room === undefined ? null : (
              <Fact name={words.session.where}>
                <Text of={room.name} lang={lang} />
              </Fact>
            )}
            <Fact name={words.session.kind}>{words.kinds[session.kind]}</Fact>
            {session.track === null ? null : <Fact name={words.session.track}>{session.track}</Fact>}
            {session.language === null ? null : (
              <Fact name={words.session.language}>{words.spoken[session.language]}</Fact>
            )}
            {seats === undefined ? null : (
              <Fact name={words.session.seats}>
                {words.session.seatsLeft(Math.max(0, seats.total - seats.taken), seats.total)}
              </Fact>
            )}
          </dl>
          {session.abstract === null ? (
            <p className="muted">{words.session.noAbstract}</p>
          ) : (
            <Prose of={session.abstract} lang={lang} />
          )}
          {session.speakers.length === 0 ? null : (
            <section aria-labelledby="speakers">
              <h2 id="speakers">{words.session.speakers}</h2>
              <ul className="speakers">
                {session.speakers.map(({ name, organization, jobTitle }, index) => (
                  <li key={index}>
                    <strong>{name}</strong>
                    <span className="muted">
                      {[organization, jobTitle].filter((one) => one !== null && one !== '').join(' · ')}
                    </span>
                  </li>
                ))}
              </ul>
            </section>
          )}
        </article>
      ),
    };
  },
});
