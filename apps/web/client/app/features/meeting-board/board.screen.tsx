import './board.css';
import { createLazyRoute, useNavigate, useSearch } from '@tanstack/react-router';
import type { Stop } from '#contracts/stops';
import { boardSearch, type BoardSearch } from './board-search.js';
import { t } from './board-words.js';
import { MeetingBoard } from './meeting-board.js';
import { useBoard, useMove } from './meeting-board.queries.js';
import { MeetingsScreen } from './meetings-screen.js';
import { OfBoard } from './of-board.js';

const Page = () => <MeetingsScreen screen="board">{(stop) => <BoardOf stop={stop} />}</MeetingsScreen>;

function BoardOf({ stop }: { stop: Stop }) {
  const moving = useMove(stop.id, () => undefined);
  const query = useBoard(stop.id, moving.pending);
  const search: BoardSearch = useSearch({ strict: false });
  const navigate = useNavigate();
  const onView = (changed: BoardSearch): void =>
    void navigate({
      to: '/console/stops/$stopId/meetings',
      params: { stopId: stop.id },
      search: boardSearch({ ...search, ...changed }),
      replace: true,
    });
  return (
    <div className="board">
      <p className="muted no-print">{t.lead}</p>
      {stop.status === 'cancelled' ? <p className="notice">{t.readOnly.cancelled}</p> : null}
      <OfBoard stop={stop} query={query}>
        {(board) => (
          <MeetingBoard stop={stop} board={board} search={search} onView={onView} moving={moving} />
        )}
      </OfBoard>
    </div>
  );
}

export const route = createLazyRoute('/console/stops/$stopId/meetings')({ component: Page });
