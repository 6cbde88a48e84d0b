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
import { EventHandler } from '#messaging';
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
const together = { batched: true, gatherMs: 400 };

@Controller()
export class IngestController {
  constructor(private readonly ingest: IngestService) {}

  @EventHandler(companyChanged, together)
  company(event: EventOf<typeof companyChanged>): Promise<void> {
    return this.ingest.apply(event, companySource);
  }

  @EventHandler(stopChanged, together)
  stop(event: EventOf<typeof stopChanged>): Promise<void> {
    return this.ingest.apply(event, stopSource);
  }

  @EventHandler(registrationChanged, together)
  registration(event: EventOf<typeof registrationChanged>): Promise<void> {
    return this.ingest.apply(event, registrationSource);
  }

  @EventHandler(checkInChanged, together)
  checkIn(event: EventOf<typeof checkInChanged>): Promise<void> {
    return this.ingest.apply(event, checkInSource);
  }

  @EventHandler(sessionChanged, together)
  session(event: EventOf<typeof sessionChanged>): Promise<void> {
    return this.ingest.apply(event, sessionSource);
  }

  @EventHandler(outcomeAnnounced, together)
  outcome(event: EventOf<typeof outcomeAnnounced>): Promise<void> {
    return this.ingest.apply(event, outcomeSource);
  }

  @EventHandler(followUpChanged, together)
  followUp(event: EventOf<typeof followUpChanged>): Promise<void> {
    return this.ingest.apply(event, followUpSource);
  }

  @EventHandler(listingChanged, together)
  listing(event: EventOf<typeof listingChanged>): Promise<void> {
    return this.ingest.apply(event, listingSource);
  }

  @EventHandler(meetingChanged, together)
  meeting(event: EventOf<typeof meetingChanged>): Promise<void> {
    return this.ingest.apply(event, meetingSource);
  }

  @EventHandler(timetableReleased, together)
  release(event: EventOf<typeof timetableReleased>): Promise<void> {
    return this.ingest.apply(event, releaseSource);
  }
}
