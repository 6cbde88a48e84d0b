import { Injectable } from '@nestjs/common';
import {
  createPaper,
  formatInstant,
  mergePatch,
  parseOrRefuse,
  type InputOf,
  type Paper,
  type updatePaper,
} from '#contracts';
import type { CallContext } from '#messaging';
import { Database, UnitOfWork, newId, type Reader } from '#persistence';
import { refuseAnnounced } from '../ledger/announced.js';
import { Announcer } from '../ledger/announcer.service.js';
import { LedgerAccess } from '../ledger/ledger-access.service.js';
import { LedgerEntries } from '../ledger/ledger-entries.service.js';
import { LedgerJournal } from '../ledger/ledger-journal.service.js';
import { announcedPaper, auditedPaper, shownPaper, type PaperRecord } from './paper.js';
import { PaperRepository } from './paper.repository.js';

type Draft = InputOf<typeof createPaper>['body'];
type Patch = InputOf<typeof updatePaper>['body'];

/** White papers and other publications. */
@Injectable()
export class PaperService extends LedgerEntries<PaperRecord, Paper> {
  constructor(
    unitOfWork: UnitOfWork,
    database: Database,
    papers: PaperRepository,
    access: LedgerAccess,
    journal: LedgerJournal,
    private readonly announcer: Announcer,
  ) {
    super(unitOfWork, database, access, journal, papers, { noun: 'paper', audit: 'paper' });
  }

  async create(call: CallContext, tourId: string, draft: Draft): Promise<Paper> {
    const organizationId = await this.access.organizerOf(call, tourId);
    await this.access.refuseOtherStop(tourId, draft.stopId);
    const { corrects = null, ...given } = draft;
    return this.insert(call, 'create', {
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
    });
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

  async announce(call: CallContext, id: string): Promise<Paper> {
    await this.findOwn(call, id);
    return this.change(
      call,
      id,
      'announce',
      (before) => {
        refuseAnnounced(before, 'paper');
        return { ...before, announcedAt: formatInstant(new Date()) };
      },
      (tx, after) => this.announcer.announce(tx, announcedPaper(after)),
    );
  }

  protected override shown(_reader: Reader, papers: readonly PaperRecord[]): Paper[] {
    return papers.map((one) => shownPaper(one, (id) => this.announcer.codeOf({ kind: 'paper', id })));
  }

  protected override audited(one: PaperRecord): object {
    return auditedPaper(one);
  }
}
