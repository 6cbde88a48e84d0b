import { notifyManager, useQueryClient, type Query, type QueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useSyncExternalStore, type ReactNode } from 'react';
import { ApiProblem } from '../api/call.js';
import { words } from '../words/index.js';
import { Button } from './ui.js';

const againMs = 10_000;

/** Says that a screen lacks some of what it asked for, or has it from before; and asks again until it is there. */
export function Unanswered(): ReactNode {
  const client = useQueryClient();
  const isLacking = useIsLacking(client);
  useEffect(() => {
    if (!isLacking) return;
    const timer = setInterval(() => askAgain(client), againMs);
    return () => clearInterval(timer);
  }, [client, isLacking]);
  if (!isLacking) return null;
  return (
    <p className="notice no-print" role="status">
      {words.unanswered}{' '}
      <Button look="link" onPress={() => askAgain(client)}>
        {words.retry}
      </Button>
    </p>
  );
}

function useIsLacking(client: QueryClient): boolean {
  const cache = client.getQueryCache();
  const subscribe = useMemo(
    () => (onChange: () => void) => cache.subscribe(notifyManager.batchCalls(onChange)),
    [cache],
  );
  return useSyncExternalStore(subscribe, () => cache.getAll().some(isUnanswered));
}

const askAgain = (client: QueryClient): void =>
  void client.refetchQueries({ type: 'active', predicate: isUnanswered });

/** What a screen shows now and got no answer to. */
function isUnanswered(query: Query): boolean {
  const { fetchStatus, error, fetchFailureReason } = query.state;
  return query.isActive() && (fetchStatus === 'paused' || isSilence(error) || isSilence(fetchFailureReason));
}

/** A refusal is an answer, which the screen itself puts into words. */
const isSilence = (error: unknown): boolean =>
  error instanceof ApiProblem && (error.status === 0 || error.status === 429 || error.status >= 500);
