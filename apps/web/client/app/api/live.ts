import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useState } from 'react';

/** Events come in bursts at a door; what they change is asked anew once for many. */
const burstMs = 500;
/** After a refusal, from which no browser comes back by itself. */
const againMs = 15_000;

interface Stream {
  readonly stopId: string;
  /** Types of events, or `prefix.*`. */
  readonly types: readonly string[];
  /** Events that come within this time are one call. */
  readonly togetherMs?: number;
}

/**
 * Follows the events of a stop while a screen is open.
 * @returns whether the stream is open; where it is not, the caller asks from time to time
 */
export function useEventStream(
  { stopId, types, togetherMs = burstMs }: Stream,
  onChange: () => void,
): boolean {
  const [isOpen, setOpen] = useState(false);
  const changed = useEffectEvent(onChange);
  const names = types.join(',');
  useEffect(() => {
    let source: EventSource | null = null;
    let again: ReturnType<typeof setTimeout> | undefined;
    let soon: ReturnType<typeof setTimeout> | undefined;
    const tell = (): void => {
      soon ??= setTimeout(() => {
        soon = undefined;
        changed();
      }, togetherMs);
    };
    const open = (): void => {
      source = new EventSource(`/v1/events/stream?types=${encodeURIComponent(names)}&stopId=${stopId}`);
      source.onopen = () => {
        setOpen(true);
        // Whatever happened before is not told again.
        tell();
      };
      source.onmessage = tell;
      source.addEventListener('reset', tell);
      source.onerror = () => {
        setOpen(false);
        // A browser comes back by itself after a lost connection, and not after a refusal.
        if (source?.readyState === EventSource.CLOSED) again = setTimeout(open, againMs);
      };
    };
    open();
    return () => {
      source?.close();
      clearTimeout(again);
      clearTimeout(soon);
    };
  }, [stopId, names, togetherMs]);
  return isOpen;
}

interface Follow extends Stream {
  /** The first words of the queries that such an event changes. */
  readonly refresh: readonly string[];
}

/** Keeps queries as they are at the server while a screen is open. Where no stream comes about, their own interval remains. */
export function useLive({ refresh, ...stream }: Follow): void {
  const client = useQueryClient();
  useEventStream(stream, () => {
    for (const key of refresh) void client.invalidateQueries({ queryKey: [key, stream.stopId] });
  });
}
