import { Injectable } from '@nestjs/common';
import {
  Problem,
  formatInstant,
  mergePatch,
  nominateCase,
  notFound,
  parseOrRefuse,
  type Case,
  type InputOf,
  type OutputOf,
  type listCases,
  type updateCase,
} from '#contracts';
import type { CallContext } from '#messaging';
import {
  Database,
  UnitOfWork,
  cutPage,
  decodeIdCursor,
  newId,
  refuseStaleVersion,
  type TransactionContext,
} from '#persistence';
import { CodeDerivation } from '../codes/code-derivation.service.js';
import { CodeRepository } from '../codes/code.repository.js';
import { CompanyProjectionService } from '../companies/company-projection.service.js';
import { refuseAnnounced } from '../ledger/announced.js';
import { LedgerAccess, refuseHidden, refuseOthers } from '../ledger/ledger-access.service.js';
import { isCorrectedTwice } from '../ledger/corrected-twice.repository.js';
import { LedgerJournal } from '../ledger/ledger-journal.service.js';
import { announcedCase, auditedCase, movedCase, shownCase, type CaseMove, type CaseRecord } from './case.js';
import { CaseRepository } from './case.repository.js';

type Draft = InputOf<typeof nominateCase>['body'];
type Patch = InputOf<typeof updateCase>['body'];

/** Application cases: nominated, selected, announced. */
@Injectable()
export class CaseService {
  private readonly codeOf: (id: string) => string;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: Database,
    private readonly cases: CaseRepository,
    private readonly companies: CompanyProjectionService,
    private readonly access: LedgerAccess,
    private readonly journal: LedgerJournal,
    private readonly codes: CodeRepository,
    private readonly derivation: CodeDerivation,
  ) {
    this.codeOf = (id) => derivation.codeOf('case', id);
  }

  async nominate(call: CallContext, tourId: string, draft: Draft): Promise<Case> {
    const organizationId = await this.access.organizerOf(call, tourId);
    await this.access.refuseOtherStop(tourId, draft.stopId);
    await this.companies.refuseUnknown(draft.companyIds);
    const { corrects = null, ...given } = draft;
    const nominated: CaseRecord = {
      ...given,
      id: newId(),
      tourId,
      organizationId,
      state: 'nominated',
      announcedAt: null,
      corrects,
      createdAt: formatInstant(new Date()),
      version: 1,
    };
    try {
      return await this.unitOfWork.run(
        call,
        async (tx) => {
          await this.refuseUncorrectable(tx, nominated);
          await this.cases.insert(tx.manager, nominated);
          this.journal.record(tx, 'case.nominate', nominated, null, auditedCase(nominated));
          return shownCase(nominated, this.codeOf);
        },
        ({ id }) => id,
      );
    } catch (error) {
      if (!isCorrectedTwice(error)) throw error;
      throw new Problem('ledger.announced', 'That case has a correction already.');
    }
  }

  async get(call: CallContext, id: string): Promise<Case> {
    const found = await this.find(id);
    refuseHidden(call.caller, found, 'case');
    return shownCase(found, this.codeOf);
  }

  async list(call: CallContext, query: InputOf<typeof listCases>): Promise<OutputOf<typeof listCases>> {
    const announcedAlone = await this.access.seesAnnouncedAlone(call, query.tourId);
    const page = {
      tourId: query.tourId,
      announcedAlone,
      after: decodeIdCursor(query.cursor),
      take: query.limit + 1,
    };
    const { items, nextCursor } = cutPage(
      await this.cases.list(this.database, page),
      query.limit,
      ({ id }) => [id],
    );
    return { items: items.map((one) => shownCase(one, this.codeOf)), nextCursor };
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

  move(call: CallContext, id: string, move: CaseMove): Promise<Case> {
    return this.change(call, id, move, (before, now) => {
      const state = movedCase(before.state, move);
      return { ...before, state, announcedAt: state === 'announced' ? formatInstant(now) : null };
    });
  }

  async delete(call: CallContext, id: string): Promise<null> {
    await this.findOwn(call, id);
    return this.unitOfWork.run(call, async (tx) => {
      const found = await this.cases.lock(tx.manager, id);
      refuseStaleVersion(call, found.version);
      refuseAnnounced(found, 'case');
      await this.cases.delete(tx.manager, id);
      this.journal.record(tx, 'case.delete', found, auditedCase(found), null);
      return null;
    });
  }

  async findOwn(call: CallContext, id: string): Promise<CaseRecord> {
    const found = await this.find(id);
    refuseOthers(call.caller, found, 'case');
    return found;
  }

  private async change(
    call: CallContext,
    id: string,
    action: string,
    decide: (before: CaseRecord, now: Date) => CaseRecord,
  ): Promise<Case> {
    await this.findOwn(call, id);
    return this.unitOfWork.run(call, async (tx) => {
      const before = await this.cases.lock(tx.manager, id);
      refuseStaleVersion(call, before.version);
      const after = { ...decide(before, new Date()), version: before.version + 1 };
      await this.cases.save(tx.manager, after);
      this.journal.record(tx, `case.${action}`, after, auditedCase(before), auditedCase(after));
      if (after.announcedAt !== null) await this.publish(tx, after);
      return shownCase(after, this.codeOf);
    });
  }

  private async publish(tx: TransactionContext, announced: CaseRecord): Promise<void> {
    const { id } = announced;
    await this.codes.insert(tx.manager, 'case', [{ id, hash: this.derivation.hashOf(this.codeOf(id)) }]);
    this.journal.announce(tx, announcedCase(announced));
  }

  private async refuseUncorrectable(
    { manager }: TransactionContext,
    { corrects, organizationId }: CaseRecord,
  ) {
    if (corrects === null) return;
    const corrected = await this.cases.find(manager, corrects);
    if (corrected?.organizationId !== organizationId || corrected.announcedAt === null)
      throw notFound('corrected case');
  }

  private async find(id: string): Promise<CaseRecord> {
    const found = await this.cases.find(this.database, id);
    if (found === null) throw notFound('case');
    return found;
  }
}
