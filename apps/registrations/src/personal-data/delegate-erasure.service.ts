import { Injectable } from '@nestjs/common';
import { systemCaller, type Call } from '#contracts';
import { AdvisoryLocks, Database, workOffInBatches } from '#persistence';
import { SeatCommandQueue } from '../seating/seat-command.queue.js';
import { PersonalDataRepository, type DueRegistration } from './personal-data.repository.js';

/** Erases the delegates of stops that ended long ago. */
@Injectable()
export class DelegateErasure {
  constructor(
    private readonly database: Database,
    private readonly locks: AdvisoryLocks,
    private readonly queue: SeatCommandQueue,
    private readonly personalData: PersonalDataRepository,
  ) {}

  /**
   * Erases the delegates of stops that ended before an instant; one replica at a time. A failure is tried again with
   * the next run.
   * @returns the number of registrations changed
   */
  erase(endedBefore: Date): Promise<number> {
    return workOffInBatches(
      this.locks,
      'retention',
      (take) => this.personalData.findDue(this.database, endedBefore, take),
      async (due) => {
        await Promise.all(due.map((one) => this.eraseOne(one)));
      },
    );
  }

  private async eraseOne({ registrationId, stopId, organizationId }: DueRegistration): Promise<void> {
    const call: Call = { caller: systemCaller, requestId: 'retention', deadlineMs: Infinity };
    const by = { role: 'organizer', organizationId } as const;
    const command = { kind: 'erase', by, registrationId, delegateId: null } as const;
    await this.queue.submit({ stopId, command, call, reason: 'retention' });
  }
}
