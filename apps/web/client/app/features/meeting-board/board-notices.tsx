import type { Meeting } from '#contracts/meetings';
import { ApiProblem } from '../../api/call.js';
import { Button, Problem } from '../../ui/ui.js';
import { words } from '../../words/index.js';
import type { BoardText } from './board-text.js';
import { t } from './board-words.js';
import type { Moving } from './meeting-board.js';

interface Props {
  readonly text: BoardText;
  readonly moving: Moving;
  /** The one that was moved last. */
  readonly meeting: Meeting | null;
  readonly isUndoing: boolean;
}

/** What is under way, and why it was refused: in sight wherever one works. */
export function BoardNotices({ text, moving, meeting, isUndoing }: Props) {
  const { error, isBusy, reset } = moving;
  const isStale = error instanceof ApiProblem && error.status === 412;
  return (
    <div className="board-notices">
      {isBusy ? (
        <p className="notice" role="status">
          {t.saving}
        </p>
      ) : null}
      {error === null || isBusy ? null : (
        <div className="board-refused">
          {meeting === null || isUndoing ? null : <strong>{t.refused(text.pair(meeting))}</strong>}
          {isStale ? (
            <p className="notice notice-bad" role="alert">
              {t.staleMove}
            </p>
          ) : (
            <Problem error={error} />
          )}
          <Button look="plain" onPress={reset}>
            {words.close}
          </Button>
        </div>
      )}
    </div>
  );
}
