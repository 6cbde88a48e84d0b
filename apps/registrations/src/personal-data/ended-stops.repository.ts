import { Injectable } from '@nestjs/common';
import { systemCaller, type Call } from '#contracts';
import { AdvisoryLocks, Database } from '#persistence';
import { erasedName } from '../seats/erase.js';
import { SeatCommandQueue } from '../seating/seat-command.queue.js';

/** Registrations erased side by side. */
const batchSize = 100;
/** Batches of one run at most; the rest waits for the next run. */
const batchesAtMost = 1_000;

interface Due {
  registrationId: string;
  stopId: string;
  organizationId: string;
}

/** Erases the delegates of stops that ended long ago. */
@Injectable()
export class EndedStops {
  constructor(
    private readonly database: Database,
    private readonly locks: AdvisoryLocks,
    private readonly queue: SeatCommandQueue,
  ) {}

  /**
   * Erases whoever came to a stop that ended before; one replica at a time. Whatever fails is tried with the next run.
   * @returns how many registrations
   */
  async erase(endedBefore: Date): Promise<number> {
    return (await this.locks.withAdvisoryLock('retention', () => this.eraseAll(endedBefore))) ?? 0;
  }

  private async eraseAll(endedBefore: Date): Promise<number> {
    let total = 0;
    for (let batch = 0; batch < batchesAtMost; batch += 1) {
      const due = await this.due(endedBefore);
      await Promise.all(due.map((one) => this.eraseOne(one)));
      total += due.length;
      if (due.length < batchSize) break;
    }
    return total;
  }

  private async due(endedBefore: Date): Promise<Due[]> {
    return (await this.database.query(
      `SELECT r.id AS "registrationId", r.stop_id AS "stopId", s.organization_id AS "organizationId"
         FROM stops s JOIN registrations r USING (stop_id)
        WHERE s.ends_at < $1
          AND EXISTS (SELECT 1 FROM delegates d WHERE d.registration_id = r.id
                         AND (d.badge IS NOT NULL OR d.name <> $2))
        ORDER BY r.stop_id, r.id LIMIT ${batchSize}`,
      [endedBefore, erasedName],
    )) as Due[];
  }

  private async eraseOne({ registrationId, stopId, organizationId }: Due): Promise<void> {
    const call: Call = { caller: systemCaller, requestId: 'retention', deadlineMs: Infinity };
    const by = { role: 'organizer', organizationId } as const;
    const command = { kind: 'erase', by, registrationId, delegateId: null } as const;
    await this.queue.submit({ stopId, command, call, reason: 'retention' });
  }
}
