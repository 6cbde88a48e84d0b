import type { Broker } from './broker/broker.js';
import { encode } from './codec.js';

/** Publishes to those subscribed at this moment (see `subscribe`). Nothing is kept, and nobody answers. */
export function publish(broker: Broker, subject: string, value: unknown): void {
  if (broker.isConnected()) broker.connection.publish(subject, encode(value));
}
