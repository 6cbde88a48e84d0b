import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

/** Events come in bursts at a door; the screen is asked anew once for many. */
const togetherMs = 500;

interface Follow {
  readonly stopId: string;
  /** Types of events, or `prefix.*`. */
  readonly types: readonly string[];
  /** The first words of the queries that such an event changes. */
  readonly refresh: readonly string[];
}

/** Keeps queries as they are at the server while a screen is open. Where no stream comes about, their own interval remains. */
export function useLive({ stopId, types, refresh }: Follow): void {
  const client = useQueryClient();
  const names = types.join(',');
  const keys = refresh.join(',');
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const again = (): void => {
      timer ??= setTimeout(() => {
        timer = undefined;
        for (const key of keys.split(',')) void client.invalidateQueries({ queryKey: [key, stopId] });
      }, togetherMs);
    };
    const stream = new EventSource(`/v1/events/stream?stopId=${stopId}&types=${encodeURIComponent(names)}`);
    stream.addEventListener('message', again);
    stream.addEventListener('reset', again);
    return () => {
      stream.close();
      clearTimeout(timer);
    };
  }, [client, stopId, names, keys]);
}
