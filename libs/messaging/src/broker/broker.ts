import { connect, nkeyAuthenticator, type NatsConnection } from '@nats-io/transport-node';
import { jetstream, jetstreamManager, type JetStreamClient, type JetStreamManager } from '@nats-io/jetstream';

/** What nats-server takes unless it is configured otherwise. */
const defaultMaxPayloadBytes = 1024 * 1024;

export interface BrokerOptions {
  /** One URL or several, separated by commas: `nats://127.0.0.1:4222`. */
  url: string;
  /** The service, as NATS shows it in its connection list; also the prefix of its private inbox. */
  name: string;
  /** The seed of the service's nkey, where the broker demands one. */
  nkeySeed?: string | undefined;
  /** Copies of the event stream among the brokers of a cluster: 1 or, with three brokers, 3. */
  streamReplicas?: number | undefined;
  /** For commands: a broker that is away, now or later, is an error at once instead of being waited for. */
  failFast?: boolean;
}

/**
 * One connection of this process to NATS. It reconnects for ever: a broker that vanishes is waited for,
 * and `isConnected` tells callers meanwhile, so that they can refuse at once instead of hanging.
 */
export class Broker {
  private connected = true;
  private readonly reconnectListeners: (() => void)[] = [];
  private manager: Promise<JetStreamManager> | undefined;
  readonly jetStream: JetStreamClient;

  private constructor(
    readonly connection: NatsConnection,
    readonly streamReplicas: number,
    /** What replies to this process start with; nobody else may listen there. */
    readonly inboxPrefix: string,
  ) {
    this.jetStream = jetstream(connection, { timeout: 5_000 });
    void this.watchStatus();
  }

  /** Connects, waiting for a broker that is not up yet. */
  static async connect(options: BrokerOptions): Promise<Broker> {
    const connection = await connect({
      servers: options.url.split(','),
      name: options.name,
      inboxPrefix: inboxPrefixOf(options.name),
      ...(options.failFast === true ? atOnce : waiting),
      noAsyncTraces: true,
      pingInterval: 5_000,
      maxPingOut: 2,
      ...(options.nkeySeed === undefined
        ? {}
        : { authenticator: nkeyAuthenticator(new TextEncoder().encode(options.nkeySeed)) }),
    });
    return new Broker(connection, options.streamReplicas ?? 1, inboxPrefixOf(options.name));
  }

  isConnected(): boolean {
    return this.connected && !this.connection.isClosed() && !this.connection.isDraining();
  }

  /** What one message may hold, as the server says. */
  get maxPayloadBytes(): number {
    return this.connection.info?.max_payload ?? defaultMaxPayloadBytes;
  }

  /** Calls back after every reconnection: what was pushed meanwhile has been missed. */
  onReconnect(listener: () => void): void {
    this.reconnectListeners.push(listener);
  }

  /** The JetStream administration; made when first needed, since it asks the broker. */
  streams(): Promise<JetStreamManager> {
    this.manager ??= jetstreamManager(this.connection, { timeout: 5_000, checkAPI: false });
    return this.manager;
  }

  /** Whether JetStream answers in time. A hung server still takes connections, and requests that pass it by. */
  jetStreamAnswers(withinMs: number): Promise<boolean> {
    return this.connection.request('$JS.API.INFO', undefined, { timeout: withinMs }).then(
      () => true,
      () => false,
    );
  }

  /** Lets what is under way finish, then closes. */
  async drain(): Promise<void> {
    if (this.connection.isClosed()) return;
    if (this.connected) await this.connection.drain();
    else await this.connection.close();
  }

  private async watchStatus(): Promise<void> {
    for await (const status of this.connection.status()) {
      if (status.type === 'disconnect') this.connected = false;
      if (status.type === 'reconnect') {
        this.connected = true;
        for (const listener of this.reconnectListeners) listener();
      }
    }
    this.connected = false;
  }
}

const waiting = {
  maxReconnectAttempts: -1,
  reconnectTimeWait: 200,
  reconnectJitter: 100,
  waitOnFirstConnect: true,
};
const atOnce = { reconnect: false, timeout: 5_000 };

function inboxPrefixOf(name: string): string {
  return `_INBOX_${name}`;
}
