import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, LOGGER, Retention, type Logger } from '#service';
import type { RegistrationsConfig } from '../config.js';
import { DelegateErasure } from './delegate-erasure.service.js';

/** Runs the erasure again and again, where the installation sets `RETENTION_DAYS`. */
@Injectable()
export class RetentionJob extends Retention {
  constructor(
    @Inject(CONFIG) config: RegistrationsConfig,
    @Inject(LOGGER) logger: Logger,
    erasure: DelegateErasure,
  ) {
    super(config.RETENTION_DAYS, logger, (endedBefore) => erasure.erase(endedBefore));
  }
}
