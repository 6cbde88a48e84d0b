import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { CONFIG, LOGGER, Retention, type Logger, type retentionSettings } from '#service';
import { EndedStops } from './ended-stops.repository.js';

/** Has the contacts of speakers of long ended stops erased, where the installation says after how many days. */
@Injectable()
export class SpeakerRetention extends Retention {
  constructor(
    @Inject(CONFIG) config: z.output<z.ZodObject<typeof retentionSettings>>,
    @Inject(LOGGER) logger: Logger,
    @Inject(EndedStops) stops: EndedStops,
  ) {
    super(config.RETENTION_DAYS, logger, (endedBefore) => stops.erase(endedBefore));
  }
}
