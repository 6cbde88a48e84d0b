import type { Stop, Timetable, TimetableRelease } from '#contracts';
import { inLang, pathIn } from '../../shared/language.js';
import { momentOf, shortDateOf, timeRange } from '../../shared/time.js';
import { stopTitle } from '../../shared/stop-title.js';
import { page, type PageRequest } from './page.js';
import { Text, StopTitle } from './parts.js';

type Kind = keyof TimetableRelease['changes'];
type Difference = TimetableRelease['changes'][Kind][number];
type Place = NonNullable<Difference['from']>;

const kinds: readonly Kind[] = ['moved', 'added', 'removed', 'changed'];

interface Model {
  readonly stop: Stop;
  readonly timetable: Timetable | null;
  /** Newest first, those after the release that the reader knows. */
  readonly releases: readonly TimetableRelease[];
  readonly since: number;
}

export const changesPage = page<Model>({
  name: 'changes',
  path: '/stops/:id/changes',
  query: ['since'],
  load: async (data, { params: { id = '' }, query }) => {
    const stop = await data.stop(id);
    const [timetable, releases] = await Promise.all([data.timetable(id), data.releases(id)]);
    const since = /^\d{1,9}$/.test(query['since'] ?? '') ? Number(query['since']) : 0;
    const newer = releases.filter(({ version }) => version > since);
    return { stop, timetable, since, releases: newer.toSorted((a, b) => b.version - a.version) };
  },
  view: ({ stop, timetable, releases, since }, request) => {
    const { lang, words } = request;
    const t = words.changes;
    return {
      title: `${t.title} · ${stopTitle(stop, lang).text}`,
      body: (
        <>
          <p className="crumb">
            <a href={pathIn(lang, `/stops/${stop.id}/timetable`)}>{words.session.back}</a>{' '}
            <span className="muted">
              <StopTitle of={stop} lang={lang} />
            </span>
          </p>
          <h1>{t.title}</h1>
          {since > 0 ? <p className="lead">{t.since(since)}</p> : null}
          {timetable === null ? <p>{t.none}</p> : null}
          {timetable !== null && releases.length === 0 ? <p>{t.nothing}</p> : null}
          {releases.map((release) => (
            <Release
              key={release.version}
              release={release}
              stop={stop}
              timetable={timetable}
              request={request}
            />
          ))}
        </>
      ),
    };
  },
});

interface ReleaseProps {
  readonly release: TimetableRelease;
  readonly stop: Stop;
  readonly timetable: Timetable | null;
  readonly request: PageRequest;
}

function Release({ release, stop, timetable, request }: ReleaseProps) {
  const { lang, words } = request;
  const t = words.changes;
  const isQuiet = kinds.every((kind) => release.changes[kind].length === 0);
  return (
    <section className="card" aria-labelledby={`release-${release.version}`}>
      <h2 id={`release-${release.version}`}>{t.release(release.version)}</h2>
      <p className="muted">{momentOf(release.publishedAt, stop.timeZone, lang)}</p>
      {release.note === null ? null : (
        <p>
          <strong>{t.note}</strong> {release.note}
        </p>
      )}
      {release.version === 1 ? <p>{t.first}</p> : null}
      {isQuiet && release.version > 1 ? <p>{t.nothing}</p> : null}
      {release.version === 1
        ? null
        : kinds.map((kind) =>
            release.changes[kind].length === 0 ? null : (
              <div key={kind}>
                <h3>
                  {t[kind]} ({release.changes[kind].length})
                </h3>
                <ul>
                  {release.changes[kind].map((one) => (
                    <Change
                      key={one.sessionId}
                      of={one}
                      kind={kind}
                      stop={stop}
                      timetable={timetable}
                      request={request}
                    />
                  ))}
                </ul>
              </div>
            ),
          )}
    </section>
  );
}

interface ChangeProps extends Omit<ReleaseProps, 'release'> {
  readonly of: Difference;
  readonly kind: Kind;
}

function Change({ of: { sessionId, title, from, to }, kind, stop, timetable, request }: ChangeProps) {
  const { lang, words } = request;
  const place = ({ roomId, startsAt, endsAt }: Place): string => {
    const room = timetable?.rooms.find(({ id }) => id === roomId);
    const when = `${shortDateOf(startsAt, stop.timeZone, lang)} ${timeRange(startsAt, endsAt, stop.timeZone)}`;
    return room === undefined ? when : `${when} · ${inLang(room.name, lang)}`;
  };
  return (
    <li>
      {kind === 'removed' ? (
        <Text of={title} lang={lang} />
      ) : (
        <a href={pathIn(lang, `/sessions/${sessionId}`)}>
          <Text of={title} lang={lang} />
        </a>
      )}
      {kind === 'moved' || kind === 'removed' ? (
        from === null ? null : (
          <span className="was">{words.changes.from(place(from))}</span>
        )
      ) : null}
      {kind === 'moved' || kind === 'added' ? (
        to === null ? null : (
          <span className="is">{words.changes.to(place(to))}</span>
        )
      ) : null}
    </li>
  );
}
