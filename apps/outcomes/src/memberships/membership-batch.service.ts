import { Injectable } from '@nestjs/common';
import {
  createMembershipBatch,
  formatInstant,
  mergePatch,
  parseOrRefuse,
  type InputOf,
  type MembershipBatch,
  type updateMembershipBatch,
} from '#contracts';
import type { CallContext } from '#messaging';
import { Database, UnitOfWork, newId, type Reader } from '#persistence';
import { CodeDerivation } from '../codes/code-derivation.service.js';
import { refuseAnnounced } from '../ledger/announced.js';
import { LedgerAccess } from '../ledger/ledger-access.service.js';
import { LedgerEntries } from '../ledger/ledger-entries.service.js';
import { LedgerJournal } from '../ledger/ledger-journal.service.js';
import { auditedBatch, shownBatch, type BatchRecord } from './membership-batch.js';
import { MembershipBatchRepository } from './membership-batch.repository.js';
import { MemberRepository } from './member.repository.js';

type Draft = InputOf<typeof createMembershipBatch>['body'];
type Patch = InputOf<typeof updateMembershipBatch>['body'];

/** Batches of members, while they are drafts; their members, and with them their announcement, are another service's. */
@Injectable()
export class MembershipBatchService extends LedgerEntries<BatchRecord, MembershipBatch> {
  constructor(
    unitOfWork: UnitOfWork,
    database: Database,
    batches: MembershipBatchRepository,
    access: LedgerAccess,
    journal: LedgerJournal,
    private readonly members: MemberRepository,
    private readonly codes: CodeDerivation,
  ) {
    super(unitOfWork, database, access, journal, batches, { noun: 'batch', audit: 'membership_batch' });
  }

  async create(call: CallContext, tourId: string, draft: Draft): Promise<MembershipBatch> {
    const organizationId = await this.access.organizerOf(call, tourId);
    await this.access.refuseOtherStop(tourId, draft.stopId);
    return this.insert(call, 'create', {
      id: newId(),
      tourId,
      organizationId,
      stopId: draft.stopId ?? null,
      alliance: draft.alliance,
      series: draft.series,
      announcedAt: null,
      createdAt: formatInstant(new Date()),
      version: 1,
    });
  }

  async update(call: CallContext, id: string, patch: Patch): Promise<MembershipBatch> {
    const found = await this.findOwn(call, id);
    await this.access.refuseOtherStop(found.tourId, patch.stopId);
    return this.change(call, id, 'update', (before) => {
      refuseAnnounced(before, 'batch');
      const { alliance, series, stopId } = before;
      const merged = parseOrRefuse(
        createMembershipBatch.input.shape.body,
        mergePatch({ alliance, series, stopId }, patch),
        ['body'],
      );
      return { ...before, ...merged, stopId: merged.stopId ?? null };
    });
  }

  protected override async shown(
    reader: Reader,
    batches: readonly BatchRecord[],
  ): Promise<MembershipBatch[]> {
    const ids = batches.map(({ id }) => id);
    const members = Map.groupBy(await this.members.listOfBatches(reader, ids), ({ batchId }) => batchId);
    const codeOf = (id: string): string => this.codes.codeOf('membership', id);
    return batches.map((batch) => shownBatch(batch, members.get(batch.id) ?? [], codeOf));
  }

  protected override audited(batch: BatchRecord): object {
    return auditedBatch(batch);
  }
}
