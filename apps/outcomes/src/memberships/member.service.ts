import { Injectable } from '@nestjs/common';
import {
  Problem,
  formatInstant,
  maxMembers,
  notFound,
  type BatchMember,
  type Localized,
  type MembershipBatch,
} from '#contracts';
import type { CallContext } from '#messaging';
import { UnitOfWork, newId, refuseStaleVersion, type TransactionContext } from '#persistence';
import { CodeDerivation } from '../codes/code-derivation.service.js';
import { CodeRepository } from '../codes/code.repository.js';
import { CompanyProjectionService } from '../companies/company-projection.service.js';
import { refuseAnnounced } from '../ledger/announced.js';
import { LedgerJournal } from '../ledger/ledger-journal.service.js';
import {
  alreadyMember,
  announcedBatch,
  auditedBatch,
  auditedMember,
  numbered,
  refuseEmpty,
  shownBatch,
  shownMember,
  type BatchRecord,
  type MemberDraft,
  type MemberRecord,
} from './membership-batch.js';
import { MembershipBatchRepository } from './membership-batch.repository.js';
import { MembershipBatchService } from './membership-batch.service.js';
import { MemberRepository, brokenMemberRule } from './member.repository.js';

/** The members of a batch: added and removed while it is a draft, numbered when it is announced. */
@Injectable()
export class MemberService {
  private readonly codeOf: (id: string) => string;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly queries: MembershipBatchService,
    private readonly batches: MembershipBatchRepository,
    private readonly members: MemberRepository,
    private readonly companies: CompanyProjectionService,
    private readonly codes: CodeRepository,
    private readonly derivation: CodeDerivation,
    private readonly journal: LedgerJournal,
  ) {
    this.codeOf = (id) => derivation.codeOf('membership', id);
  }

  async add(call: CallContext, batchId: string, draft: MemberDraft): Promise<BatchMember> {
    await this.queries.findOwn(call, batchId);
    const [companyId, name] = await this.namedIn(draft);
    const member: MemberRecord = {
      id: newId(),
      batchId,
      companyId,
      name,
      category: draft.category,
      corrects: draft.corrects ?? null,
      number: null,
    };
    return this.change(call, batchId, async (tx, batch, version) => {
      await this.refuseMisfit(tx, batch, member);
      await this.members.insert(tx.manager, batch.organizationId, member);
      await this.batches.save(tx.manager, { ...batch, version });
      this.journal.record(tx, 'membership_batch.add_member', batch, null, auditedMember(member));
      return shownMember(member, this.codeOf);
    });
  }

  async remove(call: CallContext, batchId: string, memberId: string): Promise<null> {
    await this.queries.findOwn(call, batchId);
    return this.change(call, batchId, async (tx, batch, version) => {
      const member = await this.members.find(tx.manager, memberId);
      if (member === null || member.batchId !== batchId) throw notFound('member');
      await this.members.delete(tx.manager, memberId);
      await this.batches.save(tx.manager, { ...batch, version });
      this.journal.record(tx, 'membership_batch.remove_member', batch, auditedMember(member), null);
      return null;
    });
  }

  async announce(call: CallContext, batchId: string): Promise<MembershipBatch> {
    await this.queries.findOwn(call, batchId);
    return this.change(call, batchId, async (tx, batch, version) => {
      const { manager } = tx;
      const members = await this.members.listOfBatches(manager, [batchId]);
      refuseEmpty(members);
      const last = await this.batches.takeNumbers(
        manager,
        batch.organizationId,
        batch.series,
        members.length,
      );
      const numbers = numbered(members, last);
      await this.members.number(manager, batch.series, numbers);
      await this.enter(tx, batch, members);
      await this.codes.insert(
        manager,
        'membership',
        members.map(({ id }) => ({ id, hash: this.derivation.hashOf(this.codeOf(id)) })),
      );
      const announced = { ...batch, announcedAt: formatInstant(new Date()), version };
      await this.batches.save(manager, announced);
      this.journal.record(tx, 'membership_batch.announce', batch, auditedBatch(batch), {
        ...auditedBatch(announced),
        numbers: { from: numbers[0]?.number, to: last },
      });
      this.journal.announce(tx, announcedBatch(announced, members));
      const numberOf = new Map(numbers.map(({ id, number }) => [id, number]));
      const shown = members.map((member) => ({ ...member, number: numberOf.get(member.id) ?? null }));
      return shownBatch(announced, shown, this.codeOf);
    });
  }

  private async enter(
    tx: TransactionContext,
    { organizationId }: BatchRecord,
    members: readonly MemberRecord[],
  ) {
    const corrected = members.flatMap(({ corrects }) => corrects ?? []);
    if (corrected.length > 0) await this.members.endCorrected(tx.manager, corrected);
    const companies = members.flatMap(({ id, companyId }) => (companyId === null ? [] : [{ id, companyId }]));
    await this.members.enterCurrent(tx.manager, organizationId, companies);
  }

  private async namedIn(draft: MemberDraft): Promise<[string | null, Localized]> {
    if (!('companyId' in draft)) return [null, draft.name];
    const name = (await this.companies.namesOf([draft.companyId])).get(draft.companyId);
    if (name === undefined) throw notFound('company');
    return [draft.companyId, name];
  }

  /** Throws where a correction names no announced entry of the organization, and where the company is a member already. */
  private async refuseMisfit(
    { manager }: TransactionContext,
    { id, organizationId }: BatchRecord,
    { companyId, corrects }: MemberRecord,
  ): Promise<void> {
    const others = await this.members.listOfBatches(manager, [id]);
    if (others.length >= maxMembers)
      throw new Problem('request.invalid', `A batch has at most ${maxMembers} members.`);
    const corrected = corrects === null ? null : await this.members.find(manager, corrects);
    if (corrects !== null && (corrected?.organizationId !== organizationId || corrected.number === null))
      throw notFound('corrected entry');
    if (companyId === null || corrected?.companyId === companyId) return;
    if (await this.members.isMember(manager, organizationId, companyId)) throw alreadyMember();
  }

  private async change<T>(
    call: CallContext,
    batchId: string,
    work: (tx: TransactionContext, batch: BatchRecord, version: number) => Promise<T>,
  ): Promise<T> {
    try {
      return await this.unitOfWork.run(call, async (tx) => {
        const batch = await this.batches.lock(tx.manager, batchId);
        refuseStaleVersion(call, batch.version);
        refuseAnnounced(batch, 'batch');
        return work(tx, batch, batch.version + 1);
      });
    } catch (error) {
      const rule = brokenMemberRule(error);
      if (rule === undefined) throw error;
      throw rule === 'member' ? alreadyMember() : alreadyMember('That entry has been corrected already.');
    }
  }
}
