import { Controller } from '@nestjs/common';
import {
  checkInChanged,
  listingChanged,
  registrationChanged,
  sessionChanged,
  type DataOf,
  type EventContract,
  type EventOf,
} from '#contracts';
import { EventBatchHandler } from '#messaging';
import { UnitOfWork, applyingNewest } from '#persistence';
import { gathered } from '../gathered.js';
import { CountedRowsRepository } from './counted-rows.repository.js';

type Batch<C extends EventContract> = (events: readonly EventOf<C>[]) => Promise<void>;

/** Takes over what others say, many events in one statement. Rows only change to a newer version. */
@Controller()
export class CountedEventsController {
  private readonly registrations: Batch<typeof registrationChanged>;
  private readonly checkIns: Batch<typeof checkInChanged>;
  private readonly sessions: Batch<typeof sessionChanged>;
  private readonly listings: Batch<typeof listingChanged>;

  constructor(unitOfWork: UnitOfWork, rows: CountedRowsRepository) {
    this.registrations = applyingNewest(unitOfWork, (manager, states: DataOf<typeof registrationChanged>[]) =>
      rows.upsertRegistrations(manager, states),
    );
    this.checkIns = applyingNewest(unitOfWork, (manager, states: DataOf<typeof checkInChanged>[]) =>
      rows.upsertCheckIns(manager, states),
    );
    this.sessions = applyingNewest(unitOfWork, (manager, states: DataOf<typeof sessionChanged>[]) =>
      rows.upsertSessions(manager, states),
    );
    this.listings = applyingNewest(unitOfWork, (manager, states: DataOf<typeof listingChanged>[]) =>
      rows.upsertListings(manager, states),
    );
  }

  @EventBatchHandler(registrationChanged, gathered)
  registration(events: readonly EventOf<typeof registrationChanged>[]): Promise<void> {
    return this.registrations(events);
  }

  @EventBatchHandler(checkInChanged, gathered)
  checkIn(events: readonly EventOf<typeof checkInChanged>[]): Promise<void> {
    return this.checkIns(events);
  }

  @EventBatchHandler(sessionChanged, gathered)
  session(events: readonly EventOf<typeof sessionChanged>[]): Promise<void> {
    return this.sessions(events);
  }

  @EventBatchHandler(listingChanged, gathered)
  listing(events: readonly EventOf<typeof listingChanged>[]): Promise<void> {
    return this.listings(events);
  }
}
