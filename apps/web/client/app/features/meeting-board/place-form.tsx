import { useId, useState } from 'react';
import type { Meeting } from '#contracts/meetings';
import { dayOf, timeOf } from '../../../../shared/time.js';
import { Button } from '../../ui/ui.js';
import {
  freePlaces,
  freeTables,
  instantAt,
  isSamePlace,
  obstaclesAt,
  obstaclesInSlot,
  placeOf,
  type Place,
} from './board.js';
import { t } from './board-words.js';
import type { Moving, PartProps } from './meeting-board.js';

interface Props extends PartProps {
  readonly meeting: Meeting;
  readonly moving: Moving;
}

/** Places that are named as buttons. */
const maxFree = 6;

/** Slot and table by lists; each choice says what is in the way. */
export function PlaceForm({ meeting, board, stop, text, moving }: Props) {
  const own = placeOf(meeting);
  const free = freePlaces(board, meeting).filter((one) => one.startMs !== own?.startMs);
  const [chosen, setChosen] = useState<Place>(
    () => own ?? free[0] ?? { startMs: board.slots[0]?.startMs ?? 0, tableNo: 1 },
  );
  const obstacles = obstaclesAt(board, meeting, chosen);
  const isOwn = isSamePlace(own, chosen);
  const nowFree = freeTables(board, chosen.startMs, meeting.id);
  const chooseSlot = (startMs: number): void => {
    const [lowest = chosen.tableNo] = freeTables(board, startMs, meeting.id);
    setChosen({ startMs, tableNo: startMs === own?.startMs ? own.tableNo : lowest });
  };
  const days = new Set(board.slots.map(({ startMs }) => dayOf(instantAt(startMs), stop.timeZone)));
  return (
    <div className="board-choose">
      <Choice
        label={t.slot}
        value={chosen.startMs}
        options={board.slots.map((slot) => {
          const inSlot = obstaclesInSlot(board, meeting, slot);
          const name =
            days.size > 1 ? text.when(slot.startMs) : timeOf(instantAt(slot.startMs), stop.timeZone);
          return [slot.startMs, inSlot.length === 0 ? name : `${name} ✕ ${text.state(meeting, inSlot)}`];
        })}
        onChange={chooseSlot}
      />
      <Choice
        label={t.tableNo}
        value={chosen.tableNo}
        options={Array.from({ length: board.tables }, (_, at) => {
          const tableNo = at + 1;
          const name = t.table(tableNo);
          return [tableNo, nowFree.includes(tableNo) ? name : `${name} ✕`];
        })}
        onChange={(tableNo) => setChosen({ ...chosen, tableNo })}
      />
      <p role="status" className={obstacles.length === 0 ? 'board-fits' : 'board-fits-not'}>
        {obstacles.length === 0 ? '✓' : '✕'} {text.place(chosen)}{' '}
        {isOwn ? t.hereNow : text.state(meeting, obstacles)}
      </p>
      <p className="actions">
        <Button
          isDisabled={moving.isBusy || isOwn || obstacles.length > 0}
          onPress={() => moving.act({ meeting, to: chosen })}
        >
          {own === null ? t.place : t.move}
        </Button>
      </p>
      {free.length === 0 ? null : (
        <div role="group" aria-label={t.freePlaces} className="board-free-places">
          <span className="muted">{t.freePlaces}</span>
          {free.slice(0, maxFree).map((one) => (
            <button key={one.startMs} type="button" onClick={() => setChosen(one)}>
              {text.place(one)}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: number;
  readonly options: readonly (readonly [value: number, label: string])[];
  readonly onChange: (value: number) => void;
}

function Choice({ label, value, options, onChange }: ChoiceProps) {
  const id = useId();
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <select
        id={id}
        className="field-input"
        value={value}
        onChange={(event) => onChange(Number(event.target.value))}
      >
        {options.map(([one, name]) => (
          <option key={one} value={one}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}
