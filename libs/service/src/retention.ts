import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { z } from 'zod';
import { FailureLog } from './failure-log.js';
import type { Logger } from './logging.js';
import { erasedByRetention } from './metrics.js';
import { periodically } from './periodically.js';

/** Further settings of services that hold personal data. */
export const retentionSettings = {
  /** Days after a stop's end after which the personal data of it go by themselves. Left out, they stay. */
  RETENTION_DAYS: z.coerce.number().int().min(1).max(36_500).optional(),
};

const dayMs = 24 * 3_600_000;
/** A day more or less is nothing; a failed run should not wait for one. */
const pauseMs = 3_600_000;
/** A process that has just started looks soon: where it never lives for an hour, nothing would ever go. */
const firstRunAfterMs = 5_000;

/** Has personal data erased again and again, as days pass. */
export class Retention implements OnApplicationBootstrap, OnApplicationShutdown {
  private stop: () => Promise<void> = () => Promise.resolve();

  /** @param erase erases what belongs to stops that ended before an instant, and says of how many things */
  constructor(
    private readonly days: number | undefined,
    private readonly logger: Logger,
    private readonly erase: (endedBefore: Date) => Promise<number>,
  ) {}

  onApplicationBootstrap(): void {
    const { days } = this;
    if (days === undefined) return;
    const log = new FailureLog(this.logger, 'erasing personal data of ended stops');
    const run = () => this.run(days).then(() => log.recovered());
    this.stop = periodically(pauseMs, run, (error) => log.failed(error), firstRunAfterMs);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.stop();
  }

  private async run(days: number): Promise<void> {
    const count = await this.erase(new Date(Date.now() - days * dayMs));
    if (count === 0) return;
    erasedByRetention.inc(count);
    this.logger.info({ count }, 'erased personal data of ended stops');
  }
}
