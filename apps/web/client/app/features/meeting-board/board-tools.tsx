import { Link } from '@tanstack/react-router';
import { instantOf } from '../../../../shared/local-time.js';
import { shortDateOf } from '../../../../shared/time.js';
import { Button } from '../../ui/ui.js';
import { lang } from '../../words/index.js';
import type { BoardSearch } from './board-search.js';
import { t } from './board-words.js';
import type { PartProps } from './meeting-board.js';

/** How far the planning is, in five numbers. */
export function BoardNumbers({ board }: Pick<PartProps, 'board'>) {
  const count = (status: string) => board.meetings.filter((one) => one.status === status).length;
  const numbers = [
    [t.placed, count('scheduled')],
    [t.unplaced, count('accepted')],
    [t.requested, count('requested')],
    [t.held, count('held')],
    [t.missed, count('missed')],
    [t.places, board.slots.length * board.tables],
  ] as const;
  return (
    <section aria-label={t.numbers}>
      <ul className="numbers">
        {numbers.map(([name, number]) => (
          <li key={name}>
            <strong>{number}</strong>
            <span className="muted">{name}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface ToolsProps extends PartProps {
  readonly days: readonly string[];
  readonly day: string;
  readonly ranges: readonly { readonly first: number; readonly last: number }[];
  readonly first: number;
  readonly onView: (changed: BoardSearch) => void;
  /** `null` where nothing can be undone. */
  readonly onUndo: (() => void) | null;
}

export function BoardTools({ stop, days, day, ranges, first, onView, onUndo }: ToolsProps) {
  const params = { stopId: stop.id };
  return (
    <div className="board-tools no-print">
      {days.length < 2 ? null : (
        <label className="field">
          <span className="field-label">{t.day}</span>
          <select
            className="field-input"
            value={day}
            onChange={(event) => onView({ day: event.target.value })}
          >
            {days.map((one) => (
              <option key={one} value={one}>
                {shortDateOf(instantOf(`${one}T12:00`, stop.timeZone) ?? '', stop.timeZone, lang)}
              </option>
            ))}
          </select>
        </label>
      )}
      {ranges.length < 2 ? null : (
        <label className="field">
          <span className="field-label">{t.tables}</span>
          <select
            className="field-input"
            value={first}
            onChange={(event) => onView({ tables: Number(event.target.value) })}
          >
            {ranges.map((one) => (
              <option key={one.first} value={one.first}>
                {t.tableRange(one.first, one.last)}
              </option>
            ))}
          </select>
        </label>
      )}
      <Button look="plain" isDisabled={onUndo === null} onPress={() => onUndo?.()}>
        {t.undo}
      </Button>
      <Link
        className="button button-main"
        to="/console/stops/$stopId/meetings/plans"
        params={params}
        search={{}}
      >
        {t.makePlan}
      </Link>
    </div>
  );
}
