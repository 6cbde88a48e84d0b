import { Injectable } from '@nestjs/common';
import {
  formatInstant,
  mergePatch,
  notFound,
  parseOrRefuse,
  createMembershipBatch,
  type InputOf,
  type MembershipBatch,
  type OutputOf,
  type listMembershipBatches,
  type updateMembershipBatch,
} from '#contracts';
import type { CallContext } from '#messaging';
import { Database, UnitOfWork, cutPage, decodeIdCursor, newId, refuseStaleVersion } from '#persistence';
import { CodeDerivation } from '../codes/code-derivation.service.js';
import { refuseAnnounced } from '../ledger/announced.js';
import { LedgerAccess, refuseHidden, refuseOthers } from '../ledger/ledger-access.service.js';
import { LedgerJournal } from '../ledger/ledger-journal.service.js';
import { auditedBatch, shownBatch, type BatchRecord } from './membership-batch.js';
import { MembershipBatchRepository } from './membership-batch.repository.js';
import { MemberRepository } from './member.repository.js';

type Draft = InputOf<typeof createMembershipBatch>['body'];
type Patch = InputOf<typeof updateMembershipBatch>['body'];

/** Batches of members: made, read, changed and deleted while they are drafts. */
@Injectable()
export class MembershipBatchService {
  private readonly codeOf: (id: string) => string;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: Database,
    private readonly batches: MembershipBatchRepository,
    private readonly members: MemberRepository,
    private readonly access: LedgerAccess,
    private readonly journal: LedgerJournal,
    codes: CodeDerivation,
  ) {
    this.codeOf = (id) => codes.codeOf('membership', id);
  }

  async create(call: CallContext, tourId: string, draft: Draft): Promise<MembershipBatch> {
    const organizationId = await this.access.organizerOf(call, tourId);
    await this.access.refuseOtherStop(tourId, draft.stopId);
    const batch: BatchRecord = {
      id: newId(),
      tourId,
      organizationId,
      stopId: draft.stopId ?? null,
      alliance: draft.alliance,
      series: draft.series,
      announcedAt: null,
      createdAt: formatInstant(new Date()),
      version: 1,
    };
    return this.unitOfWork.run(
      call,
      async (tx) => {
        await this.batches.insert(tx.manager, batch);
        this.journal.record(tx, 'membership_batch.create', batch, null, auditedBatch(batch));
        return shownBatch(batch, [], this.codeOf);
      },
      ({ id }) => id,
    );
  }

  async get(call: CallContext, id: string): Promise<MembershipBatch> {
    const batch = await this.find(id);
    refuseHidden(call.caller, batch, 'batch');
    return shownBatch(batch, await this.members.listOfBatches(this.database, [id]), this.codeOf);
  }

  async list(
    call: CallContext,
    query: InputOf<typeof listMembershipBatches>,
  ): Promise<OutputOf<typeof listMembershipBatches>> {
    const announcedAlone = await this.access.seesAnnouncedAlone(call, query.tourId);
    const rows = await this.batches.list(this.database, {
      tourId: query.tourId,
      announcedAlone,
      after: decodeIdCursor(query.cursor),
      take: query.limit + 1,
    });
    const { items, nextCursor } = cutPage(rows, query.limit, ({ id }) => [id]);
    const members = await this.members.listOfBatches(
      this.database,
      items.map(({ id }) => id),
    );
    const ofBatch = Map.groupBy(members, ({ batchId }) => batchId);
    return {
      items: items.map((batch) => shownBatch(batch, ofBatch.get(batch.id) ?? [], this.codeOf)),
      nextCursor,
    };
  }

  async update(call: CallContext, id: string, patch: Patch): Promise<MembershipBatch> {
    const found = await this.findOwn(call, id);
    await this.access.refuseOtherStop(found.tourId, patch.stopId);
    return this.unitOfWork.run(call, async (tx) => {
      const before = await this.batches.lock(tx.manager, id);
      refuseStaleVersion(call, before.version);
      refuseAnnounced(before, 'batch');
      const { alliance, series, stopId } = before;
      const merged = parseOrRefuse(
        createMembershipBatch.input.shape.body,
        mergePatch({ alliance, series, stopId }, patch),
        ['body'],
      );
      const after = { ...before, ...merged, stopId: merged.stopId ?? null, version: before.version + 1 };
      await this.batches.save(tx.manager, after);
      this.journal.record(tx, 'membership_batch.update', after, auditedBatch(before), auditedBatch(after));
      return shownBatch(after, await this.members.listOfBatches(tx.manager, [id]), this.codeOf);
    });
  }

  async delete(call: CallContext, id: string): Promise<null> {
    await this.findOwn(call, id);
    return this.unitOfWork.run(call, async (tx) => {
      const batch = await this.batches.lock(tx.manager, id);
      refuseStaleVersion(call, batch.version);
      refuseAnnounced(batch, 'batch');
      await this.batches.delete(tx.manager, id);
      this.journal.record(tx, 'membership_batch.delete', batch, auditedBatch(batch), null);
      return null;
    });
  }

  /** The caller's own batch. */
  async findOwn(call: CallContext, id: string): Promise<BatchRecord> {
    const batch = await this.find(id);
    refuseOthers(call.caller, batch, 'batch');
    return batch;
  }

  private async find(id: string): Promise<BatchRecord> {
    const batch = await this.batches.find(this.database, id);
    if (batch === null) throw notFound('batch');
    return batch;
  }
}
