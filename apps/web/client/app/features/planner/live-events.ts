import { useEffect, useEffectEvent, useState } from 'react';

const togetherMs = 150;
const againMs = 15_000;

/**
 * Follows the events of a stop's sessions. Many events at once are one call.
 * @returns whether the stream is open; where it is not, the caller asks from time to time
 */
export function useSessionEvents(stopId: string, onChange: () => void): boolean {
  const [isOpen, setOpen] = useState(false);
  const changed = useEffectEvent(onChange);
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
      source = new EventSource(`/v1/events/stream?types=session.*&stopId=${stopId}`);
      source.onopen = () => {
        setOpen(true);
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
  }, [stopId]);
  return isOpen;
}
