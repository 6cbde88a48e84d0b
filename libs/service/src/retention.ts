import { z } from 'zod';
import type { Logger } from './logging.js';
import { erasedByRetention } from './metrics.js';
import { PeriodicJob } from './periodic-job.js';

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
export class Retention extends PeriodicJob {
  /** @param erase erases what belongs to stops that ended before an instant, and says of how many things */
  constructor(
    private readonly days: number | undefined,
    private readonly logger: Logger,
    private readonly erase: (endedBefore: Date) => Promise<number>,
  ) {
    super(logger, { what: 'erasing personal data of ended stops', pauseMs, firstRunAfterMs });
  }

  override onApplicationBootstrap(): void {
    if (this.days !== undefined) super.onApplicationBootstrap();
  }

  protected async run(): Promise<void> {
    if (this.days === undefined) return;
    const count = await this.erase(new Date(Date.now() - this.days * dayMs));
    if (count === 0) return;
    erasedByRetention.inc(count);
    this.logger.info({ count }, 'erased personal data of ended stops');
  }
}
