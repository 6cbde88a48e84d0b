import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, LOGGER, Retention, type Logger } from '#service';
import type { RegistrationsConfig } from '../config.js';
import { EndedStops } from './ended-stops.repository.js';

/** Has the delegates of long ended stops erased, where the installation says after how many days. */
@Injectable()
export class DelegateRetention extends Retention {
  constructor(
    @Inject(CONFIG) config: RegistrationsConfig,
    @Inject(LOGGER) logger: Logger,
    @Inject(EndedStops) stops: EndedStops,
  ) {
    super(config.RETENTION_DAYS, logger, (endedBefore) => stops.erase(endedBefore));
  }
}
