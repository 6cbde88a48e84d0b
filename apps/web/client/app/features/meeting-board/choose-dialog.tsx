import { useId, useState } from 'react';
import type { Meeting } from '#contracts/meetings';
import { Ask, Button } from '../../ui/ui.js';
import { words } from '../../words/index.js';
import { obstaclesAt, type Place } from './board.js';
import { t } from './board-words.js';
import type { PartProps } from './meeting-board.js';

interface Props extends PartProps {
  readonly place: Place;
  readonly onChoose: (meeting: Meeting) => void;
  readonly onClose: () => void;
}

/** A free place, and which of the waiting meetings could have it. */
export function ChooseDialog({ board, text, place, onChoose, onClose }: Props) {
  const waiting = board.meetings.filter(({ status }) => status === 'accepted');
  const rows = waiting.map((meeting) => ({ meeting, obstacles: obstaclesAt(board, meeting, place) }));
  const fitting = rows.filter(({ obstacles }) => obstacles.length === 0);
  const others = rows.filter(({ obstacles }) => obstacles.length > 0);
  const [chosen, setChosen] = useState(fitting[0]?.meeting.id ?? '');
  const meeting = fitting.find((one) => one.meeting.id === chosen)?.meeting;
  const id = useId();
  return (
    <Ask title={t.chooseTitle(text.when(place.startMs), place.tableNo)} isOpen onClose={onClose}>
      {fitting.length === 0 ? (
        <p className="empty">{t.chooseNone}</p>
      ) : (
        <div className="field">
          <label className="field-label" htmlFor={id}>
            {t.choose}
          </label>
          <select
            id={id}
            className="field-input"
            value={chosen}
            onChange={(event) => setChosen(event.target.value)}
          >
            {fitting.map((one) => (
              <option key={one.meeting.id} value={one.meeting.id}>
                {text.pair(one.meeting)}
              </option>
            ))}
          </select>
        </div>
      )}
      {others.length === 0 ? null : (
        <ul className="board-others">
          {others.slice(0, 8).map(({ meeting: other, obstacles }) => (
            <li key={other.id}>
              ✕ {text.pair(other)} <span className="muted">{text.state(other, obstacles)}</span>
            </li>
          ))}
        </ul>
      )}
      <p className="actions">
        <Button isDisabled={meeting === undefined} onPress={() => meeting && onChoose(meeting)}>
          {t.place}
        </Button>
        <Button look="plain" onPress={onClose}>
          {words.back}
        </Button>
      </p>
    </Ask>
  );
}
