import { Injectable } from '@nestjs/common';
import { CommandQueue, UnitOfWork, allOrNone } from '#persistence';
import { DelegationProjectionRepository } from '../delegations/delegation-projection.repository.js';
import type { DelegationRow } from '../delegations/delegation-row.js';
import { newestRows } from '../delegations/newest-rows.js';
import { GiveWayService } from '../meetings/give-way.service.js';
import { asSystem } from '../system-transaction.js';

const maxEventsTogether = 1_000;

/**
 * Follows the delegations, all that arrive together in one transaction. No inbox: only a newer version replaces a row,
 * and a company that does not come has no live meetings to end a second time.
 */
@Injectable()
export class DelegationChangeService {
  // The consumer bounds how many events wait here, and no event may be refused for want of room.
  private readonly queue = new CommandQueue<DelegationRow>({
    decide: allOrNone((rows) => this.applyAll(rows)),
    maxBatch: maxEventsTogether,
    maxWaiting: Infinity,
  });

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly delegations: DelegationProjectionRepository,
    private readonly giveWay: GiveWayService,
  ) {}

  apply(row: DelegationRow): Promise<void> {
    return this.queue.submit(row);
  }

  /** A company that comes no more has no meetings. */
  private applyAll(rows: readonly DelegationRow[]): Promise<void> {
    return this.unitOfWork.transaction(async (manager, recorded) => {
      await this.delegations.upsert(manager, newestRows(rows));
      const ended = rows.filter(({ live }) => !live);
      if (ended.length === 0) return;
      const absent = await this.delegations.findAbsent(manager, ended);
      await this.giveWay.endOfCompanies(
        asSystem(manager, recorded),
        absent,
        'A company does not come to the stop any more.',
      );
    });
  }
}
