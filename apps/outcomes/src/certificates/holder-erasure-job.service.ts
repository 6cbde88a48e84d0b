import { Inject, Injectable } from '@nestjs/common';
import { AdvisoryLocks, Database, UnitOfWork } from '#persistence';
import { LOGGER, PeriodicJob, type Logger } from '#service';
import type { CertificateRecord } from './certificate.js';
import { CertificateRepository } from './certificate.repository.js';
import { HoldersService, speakerKey } from './holders.service.js';

const pauseMs = 60_000;
const pageSize = 500;

/**
 * Erases the names on certificates of people whom their owner no longer knows: who was erased there on request, or since
 * the stop ended long ago. The certificate stays, and its code still says that it was issued.
 */
@Injectable()
export class HolderErasureJob extends PeriodicJob {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly locks: AdvisoryLocks,
    private readonly certificates: CertificateRepository,
    private readonly holders: HoldersService,
    @Inject(LOGGER) logger: Logger,
  ) {
    super(logger, { what: 'erasing names on certificates', pauseMs });
  }

  /** Public for tests, which do not wait for the clock. */
  async run(): Promise<void> {
    await this.locks.withAdvisoryLock('erase-holders', async () => {
      for (let after: string | null = null; ;) {
        const page: CertificateRecord[] = await this.certificates.listNamed(this.database, {
          after,
          take: pageSize,
        });
        const gone = await this.goneAmong(page);
        if (gone.length > 0)
          await this.unitOfWork.transaction((manager) => this.certificates.eraseHolders(manager, gone));
        after = page.at(-1)?.id ?? null;
        if (page.length < pageSize) return;
      }
    });
  }

  private async goneAmong(page: readonly CertificateRecord[]): Promise<string[]> {
    const people = await this.holders.peopleOf(page.flatMap(({ registrationId }) => registrationId ?? []));
    const speakers = await this.holders.speakersBy(page.flatMap(({ sessionId }) => sessionId ?? []));
    const isGone = (one: CertificateRecord) =>
      one.kind === 'attendance'
        ? !people.has(one.delegateId ?? '')
        : (speakers.get(speakerKey(one))?.name ?? '') === '';
    return page.filter(isGone).map(({ id }) => id);
  }
}
