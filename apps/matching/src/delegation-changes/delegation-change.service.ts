import { Injectable } from '@nestjs/common';
import { UnitOfWork, batching } from '#persistence';
import { DelegationProjectionRepository } from '../delegations/delegation-projection.repository.js';
import type { DelegationRow } from '../delegations/delegation-row.js';
import { newestRows } from '../delegations/newest-rows.js';
import { GiveWayService } from '../meetings/give-way.service.js';
import { asSystem } from '../system-transaction.js';

/**
 * Follows the delegations, all that arrive together in one transaction. No inbox: only a newer version replaces a row,
 * and a company that does not come has no live meetings to end a second time.
 */
@Injectable()
export class DelegationChangeService {
  readonly apply = batching((rows: readonly DelegationRow[]) => this.applyAll(rows));

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly delegations: DelegationProjectionRepository,
    private readonly giveWay: GiveWayService,
  ) {}

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
