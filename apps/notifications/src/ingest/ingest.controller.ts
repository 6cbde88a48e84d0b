import { Controller } from '@nestjs/common';
import {
  checkInChanged,
  companyChanged,
  followUpChanged,
  outcomeAnnounced,
  listingChanged,
  meetingChanged,
  registrationChanged,
  sessionChanged,
  stopChanged,
  timetableReleased,
  type EventOf,
} from '#contracts';
import { EventBatchHandler } from '#messaging';
import {
  checkInSource,
  companySource,
  followUpSource,
  outcomeSource,
  listingSource,
  meetingSource,
  registrationSource,
  releaseSource,
  sessionSource,
  stopSource,
} from './event-source.js';
import { IngestService } from './ingest.service.js';

/** Nobody is promised a message within milliseconds, and in a rush a transaction for each event would slow it down. */
const together = { gatherMs: 400 };

@Controller()
export class IngestController {
  constructor(private readonly ingest: IngestService) {}

  @EventBatchHandler(companyChanged, together)
  company(events: readonly EventOf<typeof companyChanged>[]): Promise<void> {
    return this.ingest.apply(events, companySource);
  }

  @EventBatchHandler(stopChanged, together)
  stop(events: readonly EventOf<typeof stopChanged>[]): Promise<void> {
    return this.ingest.apply(events, stopSource);
  }

  @EventBatchHandler(registrationChanged, together)
  registration(events: readonly EventOf<typeof registrationChanged>[]): Promise<void> {
    return this.ingest.apply(events, registrationSource);
  }

  @EventBatchHandler(checkInChanged, together)
  checkIn(events: readonly EventOf<typeof checkInChanged>[]): Promise<void> {
    return this.ingest.apply(events, checkInSource);
  }

  @EventBatchHandler(sessionChanged, together)
  session(events: readonly EventOf<typeof sessionChanged>[]): Promise<void> {
    return this.ingest.apply(events, sessionSource);
  }

  @EventBatchHandler(outcomeAnnounced, together)
  outcome(events: readonly EventOf<typeof outcomeAnnounced>[]): Promise<void> {
    return this.ingest.apply(events, outcomeSource);
  }

  @EventBatchHandler(followUpChanged, together)
  followUp(events: readonly EventOf<typeof followUpChanged>[]): Promise<void> {
    return this.ingest.apply(events, followUpSource);
  }

  @EventBatchHandler(listingChanged, together)
  listing(events: readonly EventOf<typeof listingChanged>[]): Promise<void> {
    return this.ingest.apply(events, listingSource);
  }

  @EventBatchHandler(meetingChanged, together)
  meeting(events: readonly EventOf<typeof meetingChanged>[]): Promise<void> {
    return this.ingest.apply(events, meetingSource);
  }

  @EventBatchHandler(timetableReleased, together)
  release(events: readonly EventOf<typeof timetableReleased>[]): Promise<void> {
    return this.ingest.apply(events, releaseSource);
  }
}
