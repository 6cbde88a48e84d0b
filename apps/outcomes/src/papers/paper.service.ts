import { Injectable } from '@nestjs/common';
import {
  Problem,
  formatInstant,
  mergePatch,
  createPaper,
  notFound,
  parseOrRefuse,
  type Paper,
  type InputOf,
  type OutputOf,
  type listPapers,
  type updatePaper,
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
import { refuseAnnounced } from '../ledger/announced.js';
import { LedgerAccess, refuseHidden, refuseOthers } from '../ledger/ledger-access.service.js';
import { LedgerJournal } from '../ledger/ledger-journal.service.js';
import { isCorrectedTwice } from '../ledger/corrected-twice.repository.js';
import { announcedPaper, auditedPaper, shownPaper, type PaperRecord } from './paper.js';
import { PaperRepository } from './paper.repository.js';

type Draft = InputOf<typeof createPaper>['body'];
type Patch = InputOf<typeof updatePaper>['body'];

/** White papers and other publications. */
@Injectable()
export class PaperService {
  private readonly codeOf: (id: string) => string;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: Database,
    private readonly papers: PaperRepository,
    private readonly access: LedgerAccess,
    private readonly journal: LedgerJournal,
    private readonly codes: CodeRepository,
    private readonly derivation: CodeDerivation,
  ) {
    this.codeOf = (id) => derivation.codeOf('paper', id);
  }

  async create(call: CallContext, tourId: string, draft: Draft): Promise<Paper> {
    const organizationId = await this.access.organizerOf(call, tourId);
    await this.access.refuseOtherStop(tourId, draft.stopId);
    const { corrects = null, ...given } = draft;
    const paper: PaperRecord = {
      ...given,
      url: given.url ?? null,
      stopId: given.stopId ?? null,
      id: newId(),
      tourId,
      organizationId,
      announcedAt: null,
      corrects,
      createdAt: formatInstant(new Date()),
      version: 1,
    };
    try {
      return await this.unitOfWork.run(
        call,
        async (tx) => {
          await this.refuseUncorrectable(tx, paper);
          await this.papers.insert(tx.manager, paper);
          this.journal.record(tx, 'paper.create', paper, null, auditedPaper(paper));
          return shownPaper(paper, this.codeOf);
        },
        ({ id }) => id,
      );
    } catch (error) {
      if (!isCorrectedTwice(error)) throw error;
      throw new Problem('ledger.announced', 'That paper has a correction already.');
    }
  }

  async get(call: CallContext, id: string): Promise<Paper> {
    const found = await this.find(id);
    refuseHidden(call.caller, found, 'paper');
    return shownPaper(found, this.codeOf);
  }

  async list(call: CallContext, query: InputOf<typeof listPapers>): Promise<OutputOf<typeof listPapers>> {
    const announcedAlone = await this.access.seesAnnouncedAlone(call, query.tourId);
    const page = {
      tourId: query.tourId,
      announcedAlone,
      after: decodeIdCursor(query.cursor),
      take: query.limit + 1,
    };
    const { items, nextCursor } = cutPage(
      await this.papers.list(this.database, page),
      query.limit,
      ({ id }) => [id],
    );
    return { items: items.map((one) => shownPaper(one, this.codeOf)), nextCursor };
  }

  async update(call: CallContext, id: string, patch: Patch): Promise<Paper> {
    const found = await this.findOwn(call, id);
    await this.access.refuseOtherStop(found.tourId, patch.stopId);
    return this.change(call, id, 'update', (before) => {
      refuseAnnounced(before, 'paper');
      const { title, authors, issuers, edition, url, stopId } = before;
      const merged = parseOrRefuse(
        createPaper.input.shape.body,
        mergePatch({ title, authors, issuers, edition, url, stopId }, patch),
        ['body'],
      );
      const { url: link = null, stopId: stop = null } = merged;
      return { ...before, ...merged, url: link, stopId: stop, corrects: before.corrects };
    });
  }

  announce(call: CallContext, id: string): Promise<Paper> {
    return this.change(call, id, 'announce', (before, now) => {
      refuseAnnounced(before, 'paper');
      return { ...before, announcedAt: formatInstant(now) };
    });
  }

  async delete(call: CallContext, id: string): Promise<null> {
    await this.findOwn(call, id);
    return this.unitOfWork.run(call, async (tx) => {
      const found = await this.papers.lock(tx.manager, id);
      refuseStaleVersion(call, found.version);
      refuseAnnounced(found, 'paper');
      await this.papers.delete(tx.manager, id);
      this.journal.record(tx, 'paper.delete', found, auditedPaper(found), null);
      return null;
    });
  }

  async findOwn(call: CallContext, id: string): Promise<PaperRecord> {
    const found = await this.find(id);
    refuseOthers(call.caller, found, 'paper');
    return found;
  }

  private async change(
    call: CallContext,
    id: string,
    action: string,
    decide: (before: PaperRecord, now: Date) => PaperRecord,
  ): Promise<Paper> {
    await this.findOwn(call, id);
    return this.unitOfWork.run(call, async (tx) => {
      const before = await this.papers.lock(tx.manager, id);
      refuseStaleVersion(call, before.version);
      const after = { ...decide(before, new Date()), version: before.version + 1 };
      await this.papers.save(tx.manager, after);
      this.journal.record(tx, `paper.${action}`, after, auditedPaper(before), auditedPaper(after));
      if (after.announcedAt !== null) await this.publish(tx, after);
      return shownPaper(after, this.codeOf);
    });
  }

  private async publish(tx: TransactionContext, announced: PaperRecord): Promise<void> {
    const { id } = announced;
    await this.codes.insert(tx.manager, 'paper', [{ id, hash: this.derivation.hashOf(this.codeOf(id)) }]);
    this.journal.announce(tx, announcedPaper(announced));
  }

  private async refuseUncorrectable(
    { manager }: TransactionContext,
    { corrects, organizationId }: PaperRecord,
  ) {
    if (corrects === null) return;
    const corrected = await this.papers.find(manager, corrects);
    if (corrected?.organizationId !== organizationId || corrected.announcedAt === null)
      throw notFound('corrected paper');
  }

  private async find(id: string): Promise<PaperRecord> {
    const found = await this.papers.find(this.database, id);
    if (found === null) throw notFound('paper');
    return found;
  }
}
