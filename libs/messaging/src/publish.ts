import type { Broker } from './broker.js';
import { encode } from './codec.js';

/** Tells whoever listens at this moment (see `hearEvents`). Nothing is kept, and nobody answers. */
export function publish(broker: Broker, subject: string, value: unknown): void {
  if (broker.isConnected()) broker.connection.publish(subject, encode(value));
}
