import { Controller } from '@nestjs/common';
import {
  checkInChanged,
  listingChanged,
  registrationChanged,
  sessionChanged,
  type DataOf,
  type EventOf,
} from '#contracts';
import { EventHandler } from '#messaging';
import { Inbox } from '#persistence';
import { gathered } from '../gathered.js';
import { CountedRowsRepository } from './counted-rows.repository.js';

/** Takes over what others say, many events in one statement. */
@Controller()
export class CountedEventsController {
  private readonly registrations: (event: EventOf<typeof registrationChanged>) => Promise<void>;
  private readonly checkIns: (event: EventOf<typeof checkInChanged>) => Promise<void>;
  private readonly sessions: (event: EventOf<typeof sessionChanged>) => Promise<void>;
  private readonly listings: (event: EventOf<typeof listingChanged>) => Promise<void>;

  constructor(inbox: Inbox, rows: CountedRowsRepository) {
    this.registrations = inbox.batched((manager, states: DataOf<typeof registrationChanged>[]) =>
      rows.upsertRegistrations(manager, states),
    );
    this.checkIns = inbox.batched((manager, states: DataOf<typeof checkInChanged>[]) =>
      rows.upsertCheckIns(manager, states),
    );
    this.sessions = inbox.batched((manager, states: DataOf<typeof sessionChanged>[]) =>
      rows.upsertSessions(manager, states),
    );
    this.listings = inbox.batched((manager, states: DataOf<typeof listingChanged>[]) =>
      rows.upsertListings(manager, states),
    );
  }

  @EventHandler(registrationChanged, gathered)
  registration(event: EventOf<typeof registrationChanged>): Promise<void> {
    return this.registrations(event);
  }

  @EventHandler(checkInChanged, gathered)
  checkIn(event: EventOf<typeof checkInChanged>): Promise<void> {
    return this.checkIns(event);
  }

  @EventHandler(sessionChanged, gathered)
  session(event: EventOf<typeof sessionChanged>): Promise<void> {
    return this.sessions(event);
  }

  @EventHandler(listingChanged, gathered)
  listing(event: EventOf<typeof listingChanged>): Promise<void> {
    return this.listings(event);
  }
}
