import { useState } from 'react';
import type { Meeting } from '#contracts/meetings';
import { Button, Field } from '../../ui/ui.js';
import { freePlaces, whyNowhere } from './board.js';
import { t } from './board-words.js';
import type { PartProps } from './meeting-board.js';
import { reasonWords } from '../matching/reason-words.js';

interface Props extends PartProps {
  readonly isDropZone: boolean;
  readonly isOver: boolean;
  readonly liftedId: string | null;
}

/** From here on it is worth searching. */
const few = 6;
const rowsAtOnce = 30;

/** Accepted meetings without a place, each with what keeps it from one. */
export function Waiting({ board, text, isDropZone, isOver, liftedId }: Props) {
  const [q, setQ] = useState('');
  const [shown, setShown] = useState(rowsAtOnce);
  const waiting = board.meetings.filter(({ status }) => status === 'accepted');
  const wanted = q.normalize('NFKC').toLowerCase().trim();
  const found = waiting.filter((one) => text.pair(one).toLowerCase().includes(wanted));
  return (
    <section
      className={`board-waiting${isOver ? ' board-waiting-over' : ''}`}
      aria-labelledby="waiting"
      data-waiting
    >
      <h2 id="waiting">{t.waiting(waiting.length)}</h2>
      {waiting.length < few ? null : <Field name="q" isSearch label={t.search} value={q} onChange={setQ} />}
      {isDropZone ? <p className="board-drop">{t.dropHere}</p> : null}
      {found.length > 0 ? null : (
        <p className="empty">
          {waiting.length > 0 ? t.noMatch : board.byPlace.size > 0 ? t.allPlaced : t.noMeetings}
        </p>
      )}
      <ul className="board-cards">
        {found.slice(0, shown).map((meeting) => (
          <li key={meeting.id}>
            <button
              type="button"
              className={`board-card board-accepted${meeting.id === liftedId ? ' board-lifted' : ''}`}
              data-meeting={meeting.id}
            >
              <strong>{text.pair(meeting)}</strong>
              <Why board={board} text={text} meeting={meeting} />
            </button>
          </li>
        ))}
      </ul>
      {found.length > shown ? (
        <p>
          <Button look="plain" onPress={() => setShown((now) => now + rowsAtOnce)}>
            {t.more(found.length - shown)}
          </Button>
        </p>
      ) : null}
    </section>
  );
}

/** Whether a place would suit it; if not, what is in the way most often. */
export function Why({ board, text, meeting }: Omit<PartProps, 'stop'> & { readonly meeting: Meeting }) {
  const free = freePlaces(board, meeting).length;
  const [first, second] = whyNowhere(board, meeting);
  const why = [first, second].flatMap((one) =>
    one === undefined ? [] : [t.ofSlots(text.obstacleInGeneral(meeting, one.obstacle), one.slots)],
  );
  return (
    <>
      <span className={free > 0 ? 'board-fits' : 'board-fits-not'}>
        {free > 0 ? `✓ ${t.freeCount(free)}` : `✕ ${t.nowhere}`}
      </span>
      {why.map((one) => (
        <span key={one} className="board-why">
          {one}
        </span>
      ))}
      {meeting.reason === null ? null : (
        <span className="board-why">
          {t.gaveWay}: {reasonWords(meeting.reason)}
        </span>
      )}
    </>
  );
}
