import type { TimetableChanges } from '#contracts/sessions';
import type { Stop } from '#contracts/stops';
import { inLang } from '../../../../shared/language.js';
import { shortDateOf, timeRange } from '../../../../shared/time.js';
import { lang } from '../../words/index.js';
import { t } from './releases-words.js';

const kinds = ['added', 'moved', 'changed', 'removed'] as const;
type Kind = (typeof kinds)[number];
type Difference = TimetableChanges[Kind][number];

interface Props {
  readonly stop: Stop;
  readonly changes: TimetableChanges;
}

/** The differences between two timetables in words. */
export function Changes({ stop, changes }: Props) {
  const some = kinds.filter((kind) => changes[kind].length > 0);
  if (some.length === 0) return <p className="muted">{t.none}</p>;
  return (
    <div className="changes">
      {some.map((kind) => (
        <section key={kind}>
          <h3>
            <span className={`tag change-${kind}`}>{t.kinds[kind]}</span> {changes[kind].length}
          </h3>
          <ul className="change-list">
            {changes[kind].map((one) => (
              <li key={one.sessionId}>
                <strong>{inLang(one.title, lang)}</strong>
                <Places of={one} kind={kind} stop={stop} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function Places({ of: { from, to }, kind, stop }: { of: Difference; kind: Kind; stop: Stop }) {
  const words = ({ roomId, startsAt, endsAt }: NonNullable<Difference['to']>): string => {
    const room = stop.rooms.find(({ id }) => id === roomId);
    const when = `${shortDateOf(startsAt, stop.timeZone, lang)} ${timeRange(startsAt, endsAt, stop.timeZone)}`;
    return room === undefined ? when : `${when} · ${inLang(room.name, lang)}`;
  };
  if (kind === 'moved' && from !== null && to !== null)
    return (
      <>
        <span className="muted">{t.from(words(from))}</span>
        <span>{t.to(words(to))}</span>
      </>
    );
  const place = to ?? from;
  return place === null ? null : <span className="muted">{words(place)}</span>;
}

/** `2 new, 1 moved` */
export function countsOf({ added, moved, changed, removed }: TimetableChanges): string {
  return t.counts(added.length, moved.length, changed.length, removed.length);
}
