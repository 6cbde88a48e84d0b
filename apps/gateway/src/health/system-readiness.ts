import { Inject, Injectable } from '@nestjs/common';
import { pings } from '#contracts';
import { Broker, Rpc } from '#messaging';
import { Health, type Readiness } from '#service';

/** A service that takes longer to answer a ping counts as away, in milliseconds. */
const pingDeadlineMs = 1_000;
/** An answer about readiness is good for this long, so that many who ask cost no more than one. */
const rememberMs = 250;

/** Whether the whole system answers: this process, the broker, and every service with its database. */
@Injectable()
export class SystemReadiness {
  private latest: { at: number; readiness: Promise<Readiness> } | undefined;

  constructor(
    @Inject(Broker) broker: Broker,
    @Inject(Rpc) rpc: Rpc,
    @Inject(Health) private readonly health: Health,
  ) {
    health.require('nats', () => broker.isConnected());
    for (const [service, ping] of Object.entries(pings)) {
      health.require(service, () => rpc.ask(ping, {}, pingDeadlineMs).then(() => true));
    }
  }

  read(): Promise<Readiness> {
    const now = Date.now();
    if (this.latest === undefined || now - this.latest.at > rememberMs) {
      this.latest = { at: now, readiness: this.health.readiness() };
    }
    return this.latest.readiness;
  }
}
