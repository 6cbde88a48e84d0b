import { Broker, deleteStream } from '#messaging';

/**
 * Deletes the stream of events, after the databases were put back to an earlier time: what it holds of the time that is
 * undone would make copies newer than their sources. Services make it anew and fill it from their outboxes.
 * @param seed of the broker's operator; services may not
 */
export async function dropStream(natsUrl: string, seed: string | undefined): Promise<boolean> {
  const broker = await Broker.connect({
    url: natsUrl,
    name: 'operator',
    nkeySeed: seed,
    failFast: true,
  });
  try {
    return await deleteStream(broker);
  } finally {
    await broker.drain();
  }
}
