import { Controller } from '@nestjs/common';
import {
  companyChanged,
  registrationChanged,
  sessionChanged,
  stopChanged,
  timetableReleased,
  type EventOf,
} from '#contracts';
import { EventHandler } from '#messaging';
import {
  companySource,
  registrationSource,
  releaseSource,
  sessionSource,
  stopSource,
} from './event-source.js';
import { IngestService } from './ingest.service.js';

@Controller()
export class IngestController {
  constructor(private readonly ingest: IngestService) {}

  @EventHandler(companyChanged, { batched: true })
  company(event: EventOf<typeof companyChanged>): Promise<void> {
    return this.ingest.apply(event, companySource);
  }

  @EventHandler(stopChanged, { batched: true })
  stop(event: EventOf<typeof stopChanged>): Promise<void> {
    return this.ingest.apply(event, stopSource);
  }

  @EventHandler(registrationChanged, { batched: true })
  registration(event: EventOf<typeof registrationChanged>): Promise<void> {
    return this.ingest.apply(event, registrationSource);
  }

  @EventHandler(sessionChanged, { batched: true })
  session(event: EventOf<typeof sessionChanged>): Promise<void> {
    return this.ingest.apply(event, sessionSource);
  }

  @EventHandler(timetableReleased, { batched: true })
  release(event: EventOf<typeof timetableReleased>): Promise<void> {
    return this.ingest.apply(event, releaseSource);
  }
}
