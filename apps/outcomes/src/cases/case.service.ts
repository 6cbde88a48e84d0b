import { Injectable } from '@nestjs/common';
import {
  formatInstant,
  mergePatch,
  nominateCase,
  parseOrRefuse,
  type Case,
  type InputOf,
  type updateCase,
} from '#contracts';
import type { CallContext } from '#messaging';
import { Database, UnitOfWork, newId, type Reader } from '#persistence';
import { CompanyProjectionService } from '../companies/company-projection.service.js';
import { refuseAnnounced } from '../ledger/announced.js';
import { Announcer } from '../ledger/announcer.service.js';
import { LedgerAccess } from '../ledger/ledger-access.service.js';
import { LedgerEntries } from '../ledger/ledger-entries.service.js';
import { LedgerJournal } from '../ledger/ledger-journal.service.js';
import { announcedCase, auditedCase, movedCase, shownCase, type CaseMove, type CaseRecord } from './case.js';
import { CaseRepository } from './case.repository.js';

type Draft = InputOf<typeof nominateCase>['body'];
type Patch = InputOf<typeof updateCase>['body'];

/** Application cases: nominated, selected, announced. */
@Injectable()
export class CaseService extends LedgerEntries<CaseRecord, Case> {
  constructor(
    unitOfWork: UnitOfWork,
    database: Database,
    cases: CaseRepository,
    access: LedgerAccess,
    journal: LedgerJournal,
    private readonly companies: CompanyProjectionService,
    private readonly announcer: Announcer,
  ) {
    super(unitOfWork, database, access, journal, cases, { noun: 'case', audit: 'case' });
  }

  async nominate(call: CallContext, tourId: string, draft: Draft): Promise<Case> {
    const organizationId = await this.access.organizerOf(call, tourId);
    await this.access.refuseOtherStop(tourId, draft.stopId);
    await this.companies.refuseUnknown(draft.companyIds);
    const { corrects = null, ...given } = draft;
    return this.insert(call, 'nominate', {
      ...given,
      id: newId(),
      tourId,
      organizationId,
      state: 'nominated',
      announcedAt: null,
      corrects,
      createdAt: formatInstant(new Date()),
      version: 1,
    });
  }

  async update(call: CallContext, id: string, patch: Patch): Promise<Case> {
    const found = await this.findOwn(call, id);
    await this.access.refuseOtherStop(found.tourId, patch.stopId);
    if (patch.companyIds !== undefined) await this.companies.refuseUnknown(patch.companyIds);
    return this.change(call, id, 'update', (before) => {
      refuseAnnounced(before, 'case');
      const { title, field, companyIds, summary, stopId } = before;
      const merged = parseOrRefuse(
        nominateCase.input.shape.body,
        mergePatch({ title, field, companyIds, summary, stopId }, patch),
        ['body'],
      );
      return { ...before, ...merged, corrects: before.corrects };
    });
  }

  async move(call: CallContext, id: string, move: CaseMove): Promise<Case> {
    await this.findOwn(call, id);
    return this.change(
      call,
      id,
      move,
      (before) => {
        const state = movedCase(before.state, move);
        return { ...before, state, announcedAt: state === 'announced' ? formatInstant(new Date()) : null };
      },
      async (tx, after) => {
        if (after.announcedAt !== null) await this.announcer.announce(tx, announcedCase(after));
      },
    );
  }

  protected override shown(_reader: Reader, cases: readonly CaseRecord[]): Case[] {
    return cases.map((one) => shownCase(one, (id) => this.announcer.codeOf({ kind: 'case', id })));
  }

  protected override audited(one: CaseRecord): object {
    return auditedCase(one);
  }
}
