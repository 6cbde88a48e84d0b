import { setTimeout as sleep } from 'node:timers/promises';
import { Broker } from '#messaging';

/** A server that stayed silent so often in a row is hung. */
const SILENCES_AT_MOST = 3;

export interface NatsWatchOptions {
  readonly url: string;
  /** The operator's. */
  readonly seed: string | undefined;
  readonly pauseMs?: number;
  readonly patienceMs?: number;
  readonly onHung: () => void;
}

/**
 * Asks the server something now and then. One that met a full disk (2.9.10) hangs for good, also when there is room
 * again, while it takes connections and its /healthz says that it is well; nothing but a restart mends it.
 * @returns ends the watch
 */
export function watchNats({
  url,
  seed,
  pauseMs = 2_000,
  patienceMs = 4_000,
  onHung,
}: NatsWatchOptions): () => void {
  const watched = new AbortController();
  const { signal } = watched;
  const watch = async (): Promise<void> => {
    const broker = await Broker.connect({ url, name: 'operator', nkeySeed: seed });
    signal.addEventListener('abort', () => void broker.connection.close());
    for (let silences = 0; !signal.aborted; await pause(pauseMs, signal)) {
      // One that is away is being started again by others.
      const isSilent = broker.isConnected() && !(await broker.jetStreamAnswers(patienceMs));
      silences = isSilent ? silences + 1 : 0;
      if (silences < SILENCES_AT_MOST || signal.aborted) continue;
      silences = 0;
      onHung();
    }
    // The end may have come before the connection.
    await broker.connection.close();
  };
  // A server that lets nobody in shows in every service's readiness; the watch has nothing to add.
  watch().catch(() => undefined);
  return () => watched.abort();
}

function pause(ms: number, signal: AbortSignal): Promise<unknown> {
  return sleep(ms, undefined, { signal }).catch(() => undefined);
}
