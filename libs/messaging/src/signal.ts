import type { Broker } from './broker/broker.js';

const nothing = new Uint8Array();

/** Wakes up all that listen on a subject at this moment. Nothing is kept, and a signal may be lost. */
export function sendSignal(broker: Broker, subject: string): void {
  if (broker.isConnected()) broker.connection.publish(subject, nothing);
}

/**
 * Listens for signals until the returned function is called. After a lost connection the subscription is made again by
 * itself, but what was sent meanwhile has been missed (`Broker.onReconnect`).
 */
export function onSignal(broker: Broker, subject: string, onSignalled: () => void): () => void {
  const subscription = broker.connection.subscribe(subject, {
    callback: (error) => {
      if (error === null) onSignalled();
    },
  });
  return () => subscription.unsubscribe();
}
