import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Stop } from '#contracts/stops';
import { Loaded } from '../../ui/ui.js';
import { t } from './board-words.js';
import type { Board } from './board.js';
import type { useBoard } from './meeting-board.queries.js';

interface Props {
  readonly stop: Stop;
  readonly query: ReturnType<typeof useBoard>;
  readonly children: (board: Board) => ReactNode;
}

/** The board of a stop, once it is there; without rules there is none, so the way to them. */
export function OfBoard({ stop, query, children }: Props) {
  return (
    <Loaded query={query}>
      {({ rules, board }) =>
        rules === null ? (
          <p className="empty">
            {t.noRules}{' '}
            <Link to="/console/stops/$stopId/meetings/rules" params={{ stopId: stop.id }}>
              {t.toRules}
            </Link>
          </p>
        ) : (
          children(board)
        )
      }
    </Loaded>
  );
}
