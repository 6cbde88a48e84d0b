import { Injectable } from '@nestjs/common';
import { systemCaller, type Call } from '#contracts';
import { AdvisoryLocks, Database } from '#persistence';
import { SeatCommandQueue } from '../seating/seat-command.queue.js';
import { PersonalDataRepository, type DueRegistration } from './personal-data.repository.js';

/** Registrations looked up at once. */
const batchSize = 100;
/** Batches of one run at most; the rest waits for the next run. */
const maxBatches = 1_000;

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
  async erase(endedBefore: Date): Promise<number> {
    return (await this.locks.withAdvisoryLock('retention', () => this.eraseAll(endedBefore))) ?? 0;
  }

  private async eraseAll(endedBefore: Date): Promise<number> {
    let total = 0;
    for (let batch = 0; batch < maxBatches; batch += 1) {
      const due = await this.personalData.findDue(this.database, endedBefore, batchSize);
      await Promise.all(due.map((one) => this.eraseOne(one)));
      total += due.length;
      if (due.length < batchSize) break;
    }
    return total;
  }

  private async eraseOne({ registrationId, stopId, organizationId }: DueRegistration): Promise<void> {
    const call: Call = { caller: systemCaller, requestId: 'retention', deadlineMs: Infinity };
    const by = { role: 'organizer', organizationId } as const;
    const command = { kind: 'erase', by, registrationId, delegateId: null } as const;
    await this.queue.submit({ stopId, command, call, reason: 'retention' });
  }
}
