import type { Stop, Timetable } from '#contracts';
import { inLang, pathIn } from '../../shared/language.js';
import { dateOf, momentOf, timeRange, zoneLabel } from '../../shared/time.js';
import { layOut } from '../../shared/timetable/layout.js';
import { stopTitle } from '../../shared/stop-title.js';
import { page } from './page.js';
import { Text, StopTitle } from './parts.js';

interface Model {
  readonly stop: Stop;
  readonly timetable: Timetable | null;
}

export const printPage = page<Model>({
  name: 'print',
  path: '/stops/:id/print',
  load: async (data, { params: { id = '' } }) => ({
    stop: await data.stop(id),
    timetable: await data.timetable(id),
  }),
  view: ({ stop, timetable }, request) => {
    const { lang, words } = request;
    const zone = stop.timeZone;
    const days = layOut(timetable?.sessions ?? [], timetable?.rooms.map(({ id }) => id) ?? [], zone);
    const roomName = (id: string) => {
      const room = timetable?.rooms.find((one) => one.id === id);
      return room === undefined ? '' : inLang(room.name, lang);
    };
    return {
      title: `${words.print.title} · ${stopTitle(stop, lang).text}`,
      isUnlisted: true,
      isBare: true,
      body: (
        <div className="paper">
          <p className="no-print">
            <a href={pathIn(lang, `/stops/${stop.id}/timetable`)}>{words.session.back}</a> ·{' '}
            {words.print.hint}
          </p>
          <h1>
            <StopTitle of={stop} lang={lang} />
          </h1>
          <p>
            <Text of={stop.venue.name} lang={lang} /> ·{' '}
            {words.timetable.times(zoneLabel(stop.startsAt, zone))}
            {timetable === null ? null : (
              <>
                <br />
                {words.timetable.release(
                  timetable.release.version ?? 0,
                  momentOf(timetable.release.publishedAt ?? stop.startsAt, zone, lang),
                )}
              </>
            )}
          </p>
          {timetable === null ? <p>{words.timetable.empty}</p> : null}
          {days.map((day) => (
            <section key={day.date} aria-labelledby={`day-${day.date}`}>
              <h2 id={`day-${day.date}`}>{dateOf(day.sessions[0]?.startsAt ?? stop.startsAt, zone, lang)}</h2>
              <table>
                <thead>
                  <tr>
                    <th scope="col">{words.session.when}</th>
                    <th scope="col">{words.session.where}</th>
                    <th scope="col">{words.timetable.title}</th>
                  </tr>
                </thead>
                <tbody>
                  {day.sessions.map((session) => (
                    <tr key={session.id}>
                      <td className="nowrap">{timeRange(session.startsAt, session.endsAt, zone)}</td>
                      <td>{roomName(session.roomId)}</td>
                      <td>
                        <strong>
                          <Text of={session.title} lang={lang} />
                        </strong>
                        <br />
                        {session.speakers
                          .map(({ name, organization }) =>
                            organization === null ? name : `${name} (${organization})`,
                          )
                          .join(lang === 'zh' ? '、' : ', ')}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </section>
          ))}
        </div>
      ),
    };
  },
});
