import { assertStream, eventIdAt, type Broker } from '#messaging';
import type { StreamCheckpoint } from '#persistence';

/**
 * Lets events out only to a stream that is known to hold what it acknowledged before. The stream is looked at before
 * the first event, after every reconnection and every doubt, and now and then.
 */
export class StreamIntegrityCheck {
  private verified: Promise<void> | undefined;

  constructor(
    private readonly broker: Broker,
    private readonly checkpoint: StreamCheckpoint,
    private readonly onLost: () => void,
  ) {}

  /** From now on the stream has to be looked at again. */
  invalidate(): void {
    this.verified = undefined;
  }

  /**
   * Resolves when the stream is there and holds what it should; a loss has been noted then.
   * @throws while the broker is away. Never called inside of a relay's round: noting a loss waits for rounds to end.
   */
  async ensure(): Promise<void> {
    if (!this.broker.isConnected()) throw new Error('The broker is away.');
    const verified = (this.verified ??= this.verify());
    await verified.catch((error: unknown) => {
      if (this.verified === verified) this.invalidate();
      throw error;
    });
  }

  /** Looks anew, and has published again what a lost stream had. */
  async recheck(): Promise<number> {
    if (!this.broker.isConnected()) return 0;
    this.invalidate();
    await this.ensure();
    return this.checkpoint.republish();
  }

  private async verify(): Promise<void> {
    const created = await assertStream(this.broker);
    const lost = await this.checkpoint.compare({ created, eventAt: (seq) => eventIdAt(this.broker, seq) });
    if (lost) this.onLost();
  }
}
