import type { EventEnvelope } from '#contracts';
import type { Broker } from './broker/broker.js';
import { decode } from './codec.js';

/**
 * Receives events as they pass, without the stream: every process receives each of them, at once, and nothing is kept.
 * What passes while the connection is down is missed, so a cache that is kept by these must be cleared
 * on `Broker.onReconnect`. Resolves when the broker knows of the subscription.
 * @param subject a subject or a wildcard such as `evt.stops.>`
 */
export async function subscribe(
  broker: Broker,
  subject: string,
  onEvent: (event: EventEnvelope) => void,
  onBroken: (error: unknown) => void,
): Promise<void> {
  broker.connection.subscribe(subject, {
    callback: (error, message) => {
      try {
        if (error !== null) throw error;
        onEvent(decode(message.data) as EventEnvelope);
      } catch (broken) {
        onBroken(broken);
      }
    },
  });
  await broker.connection.flush();
}
