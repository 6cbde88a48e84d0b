import { placeOf } from './board.js';
import { MeetingMark } from './board-grid.js';
import { t } from './board-words.js';
import type { PartProps } from './meeting-board.js';

/** A day on a phone: meetings in order of time, each with a press from its dialog. */
export function BoardList({ board, text, starts }: PartProps & { readonly starts: readonly number[] }) {
  const ofDay = board.meetings
    .flatMap((meeting) => {
      const place = placeOf(meeting);
      return place !== null && starts.includes(place.startMs) ? [{ meeting, place }] : [];
    })
    .toSorted((a, b) => a.place.startMs - b.place.startMs || a.place.tableNo - b.place.tableNo);
  return (
    <section aria-labelledby="placed">
      <h2 id="placed">{t.list(starts[0] === undefined ? '' : text.day(starts[0]))}</h2>
      {ofDay.length === 0 ? <p className="empty">{t.listNone}</p> : null}
      <ol className="board-cards">
        {ofDay.map(({ meeting, place }) => (
          <li key={meeting.id}>
            <button type="button" className={`board-card board-${meeting.status}`} data-meeting={meeting.id}>
              <span className="board-when">
                {text.times(place.startMs)} · {t.table(place.tableNo)}
              </span>
              <strong>{text.pair(meeting)}</strong>
              <MeetingMark status={meeting.status} />
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}
