import { databaseServiceNames, services, type DatabaseServiceName } from '#contracts';
import { Broker, type BrokerOptions } from './broker.js';
import { consumerState, eventStream, isNotFound, type ConsumerState } from '../events/streams.js';

/** What one user of the broker sees of it. */
export interface BrokerDiagnostics {
  version: string;
  jetStream: boolean;
  maxPayloadBytes: number;
  /** How far the broker's clock is ahead of this machine's, in milliseconds; undefined where the broker does not tell. */
  clockAheadMs: number | undefined;
  /** Whether the stream is there; services make it at their start. */
  hasStream: boolean;
  consumers: ConsumerState[];
  /** What the broker refused this user, or did not answer, though the service needs it. */
  refused: string[];
}

/**
 * Looks at the broker as one service does, and changes nothing.
 * @throws where it can't be reached, or does not know the user
 */
export async function diagnoseBroker(options: BrokerOptions): Promise<BrokerDiagnostics> {
  const broker = await Broker.connect({ ...options, failFast: true });
  try {
    const { version = 'unknown', jetstream = false } = broker.connection.info ?? {};
    const look: BrokerDiagnostics = {
      version,
      jetStream: jetstream,
      maxPayloadBytes: broker.maxPayloadBytes,
      clockAheadMs: undefined,
      hasStream: false,
      consumers: [],
      refused: [],
    };
    if (jetstream && readsStream(options.name)) await diagnoseStream(broker, options.name, look);
    return look;
  } finally {
    await broker.drain();
  }
}

async function diagnoseStream(
  broker: Broker,
  service: DatabaseServiceName,
  look: BrokerDiagnostics,
): Promise<void> {
  const manager = await broker.streams();
  await noteRefusal(look, `reading the stream ${eventStream}`, async () => {
    const began = Date.now();
    const { ts } = await manager.streams.info(eventStream);
    look.hasStream = true;
    if (ts) look.clockAheadMs = Date.parse(ts) - (began + Date.now()) / 2;
  });
  if (!look.hasStream) return;
  for (const source of services[service].consumes) {
    const durable = `${service}-${source}`;
    await noteRefusal(look, `reading the consumer ${durable}`, async () => {
      look.consumers.push(await consumerState(broker, durable));
    });
  }
}

/** What is not there yet is no refusal: the service makes it. */
async function noteRefusal(
  look: BrokerDiagnostics,
  what: string,
  attempt: () => Promise<void>,
): Promise<void> {
  try {
    await attempt();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (!isNotFound(error)) look.refused.push(`${what}: ${reason}`);
  }
}

/** Those with a database take part in the stream; the broker lets nobody else see it. */
function readsStream(name: string): name is DatabaseServiceName {
  return databaseServiceNames.some((one) => one === name);
}
