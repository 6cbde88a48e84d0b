import { Injectable } from '@nestjs/common';
import { pings } from '#contracts';
import { Broker, Rpc } from '#messaging';

/** Events that have waited longer than this are late. */
const maxLagMs = 300;
/** A check is good for this long after it was begun: with the lag above, a change is missed for 900 ms at most. */
const trustMs = 600;
const checkEveryMs = 250;
const checkTimeoutMs = 500;

/** The services whose events the cached responses follow. */
const followed = [pings.stops, pings.registrations];

/**
 * Whether events arrive as they happen. A connection can be dead for seconds before it is known to be, and a service may
 * not get its events out; both show in its ping, which names the age of the oldest event that waits. It is asked only
 * while there are readers, once for all responses that follow events.
 */
@Injectable()
export class EventFreshness {
  private trustedUntilMs = -Infinity;
  private checkedAtMs = -Infinity;

  constructor(
    private readonly broker: Broker,
    private readonly rpc: Rpc,
  ) {}

  /** Also begins the next check where it is due. */
  isTrusted(nowMs: number): boolean {
    if (nowMs - this.checkedAtMs >= checkEveryMs) {
      this.checkedAtMs = nowMs;
      void this.check(nowMs);
    }
    return nowMs < this.trustedUntilMs && this.broker.isConnected();
  }

  /** Events may have been missed: nothing is trusted before the next check. */
  distrust(): void {
    this.trustedUntilMs = -Infinity;
  }

  private async check(nowMs: number): Promise<void> {
    const lags = await Promise.all(
      followed.map((ping) =>
        this.rpc.ask(ping, {}, checkTimeoutMs).then(
          ({ eventLagMs }) => eventLagMs,
          () => Infinity,
        ),
      ),
    );
    if (lags.every((lagMs) => lagMs <= maxLagMs)) this.trustedUntilMs = nowMs + trustMs;
  }
}
