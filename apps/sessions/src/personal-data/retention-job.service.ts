import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { CONFIG, LOGGER, Retention, type Logger, type retentionSettings } from '#service';
import { SpeakerErasure } from './speaker-erasure.service.js';

/** Runs the erasure again and again, where the installation sets `RETENTION_DAYS`. */
@Injectable()
export class RetentionJob extends Retention {
  constructor(
    @Inject(CONFIG) config: z.output<z.ZodObject<typeof retentionSettings>>,
    @Inject(LOGGER) logger: Logger,
    erasure: SpeakerErasure,
  ) {
    super(config.RETENTION_DAYS, logger, (endedBefore) => erasure.erase(endedBefore));
  }
}
