import { Inject, Injectable } from '@nestjs/common';
import { UnitOfWork } from '#persistence';
import { LOGGER, PeriodicJob, type Logger } from '#service';
import { StopProjectionRepository } from '../stops/stop-projection.repository.js';
import { asSystem } from '../system-transaction.js';
import { settled } from './meeting.js';
import { MeetingChanges } from './meeting-changes.service.js';
import { MeetingRepository } from './meeting.repository.js';

const pauseMs = 5_000;
const pageSize = 200;

/** Stores which meetings have ended by the clock, so that their events are published. Readers compute it themselves. */
@Injectable()
export class MeetingSettlingJob extends PeriodicJob {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly meetings: MeetingRepository,
    private readonly changes: MeetingChanges,
    private readonly stops: StopProjectionRepository,
    @Inject(LOGGER) logger: Logger,
  ) {
    super(logger, { what: 'settling meetings', pauseMs });
  }

  protected async run(): Promise<void> {
    for (;;) {
      const settledNow = await this.unitOfWork.transaction(async (manager, recorded) => {
        const tx = asSystem(manager, recorded);
        const now = new Date();
        const over = await this.meetings.lockOver(manager, now, pageSize);
        for (const meeting of over) {
          const stop = await this.stops.find(manager, meeting.stopId);
          const after = settled(meeting, stop?.state.endsAt ?? meeting.expiresAt, now);
          if (after.status !== meeting.status)
            await this.changes.save(
              tx,
              after.status === 'expired' ? 'expire' : 'leave_unplaced',
              meeting,
              after,
            );
        }
        return over.length;
      });
      if (settledNow < pageSize) return;
    }
  }
}
