import { Injectable } from '@nestjs/common';
import { pings } from '#contracts';
import { Broker, Rpc } from '#messaging';
import { Health, type Readiness } from '#service';

/** A service that takes longer to answer a ping counts as unavailable. */
const pingTimeoutMs = 1_000;
/** A result is good for this long, so that many probes cost no more than one. */
const cacheMs = 250;

/** Whether the whole system answers: this process, the broker, and every service with its database. */
@Injectable()
export class SystemReadiness {
  private latest: { atMs: number; readiness: Promise<Readiness> } | undefined;

  constructor(
    broker: Broker,
    rpc: Rpc,
    private readonly health: Health,
  ) {
    health.require('nats', () => broker.isConnected());
    for (const [service, ping] of Object.entries(pings)) {
      health.require(service, () => rpc.ask(ping, {}, pingTimeoutMs).then(() => true));
    }
  }

  read(): Promise<Readiness> {
    const nowMs = Date.now();
    if (this.latest === undefined || nowMs - this.latest.atMs > cacheMs) {
      this.latest = { atMs: nowMs, readiness: this.health.readiness() };
    }
    return this.latest.readiness;
  }
}
