import type { Broker } from './broker.js';
import { assertStream, isNotFound } from './streams.js';

export interface OutgoingEvent {
  /** Also the `Nats-Msg-Id`: within the stream's window a second publish is dropped. */
  id: string;
  subject: string;
  /** The CloudEvent as JSON text. */
  payload: string;
}

const encoder = new TextEncoder();

/** Publishes events and waits for the stream's acknowledgements. */
export class EventPublisher {
  constructor(private readonly broker: Broker) {}

  /**
   * Publishes all at once and waits for all acknowledgements (pipelined: one round trip, not one each).
   * @returns the ids that the stream acknowledged; the others are to be tried again
   */
  async publish(events: OutgoingEvent[]): Promise<string[]> {
    if (!this.broker.isConnected()) return [];
    const results = await Promise.allSettled(
      events.map((event) =>
        this.broker.jetStream.publish(event.subject, encoder.encode(event.payload), {
          msgID: event.id,
          retries: 0,
        }),
      ),
    );
    await this.remakeStreamIfGone(results);
    return events.filter((_, index) => results[index]?.status === 'fulfilled').map((event) => event.id);
  }

  /** Nobody answers a publish when the stream has vanished; then it is made anew and the next try succeeds. */
  private async remakeStreamIfGone(results: PromiseSettledResult<unknown>[]): Promise<void> {
    const failed = results.find((result) => result.status === 'rejected');
    if (failed === undefined || !this.broker.isConnected()) return;
    await assertStream(this.broker).catch((error: unknown) => {
      if (isNotFound(error)) throw error;
    });
  }
}
