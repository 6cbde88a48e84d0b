import { useSyncExternalStore, type ReactNode } from 'react';
import { updates } from '../updates.js';
import { words } from '../words/index.js';

/** A version is swapped when the person says so. */
export function UpdateNotice(): ReactNode {
  const isWaiting = useSyncExternalStore(updates.subscribe, updates.current);
  if (!isWaiting) return null;
  return (
    <p className="door-notice" role="status">
      {words.update}{' '}
      <button type="button" onClick={() => void updates.take()}>
        {words.updateNow}
      </button>
    </p>
  );
}
