import { Inject, Injectable } from '@nestjs/common';
import { AdvisoryLocks, UnitOfWork } from '#persistence';
import { LOGGER, PeriodicJob, type Logger } from '#service';
import { ComersService } from '../meetings/comers.service.js';
import { ConsentRepository } from '../meetings/consent.repository.js';

const pauseMs = 60_000;
const pageSize = 500;

/**
 * Erases consents of delegates who were erased, removed or replaced: their owner no longer knows the person who gave
 * them. They stopped disclosing anything the moment that happened; this only empties the rows.
 */
@Injectable()
export class ConsentErasureJob extends PeriodicJob {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly locks: AdvisoryLocks,
    private readonly consents: ConsentRepository,
    private readonly comers: ComersService,
    @Inject(LOGGER) logger: Logger,
  ) {
    super(logger, { what: 'erasing consents', pauseMs });
  }

  /** Public for tests, which do not wait for the clock. */
  async run(): Promise<void> {
    await this.locks.withAdvisoryLock('erase-consents', async () => {
      for (let after: string | null = null; ;) {
        const page: { delegateId: string; personKey: string }[] = await this.unitOfWork.transaction(
          (manager) => this.consents.listPeople(manager, after, pageSize),
        );
        const known = await this.comers.contactsOf(page.map(({ delegateId }) => delegateId));
        const gone = page.filter(
          ({ delegateId, personKey }) => known.get(delegateId)?.personKey !== personKey,
        );
        await this.unitOfWork.transaction((manager) => this.consents.erase(manager, gone));
        after = page.at(-1)?.delegateId ?? null;
        if (page.length < pageSize) return;
      }
    });
  }
}
