import { Problem, notFound } from '#contracts';
import type { CallContext } from '#messaging';
import {
  Database,
  UnitOfWork,
  cutPage,
  decodeIdCursor,
  refuseStaleVersion,
  type Reader,
  type TransactionContext,
} from '#persistence';
import { refuseAnnounced } from './announced.js';
import { isCorrectedTwice } from './corrected-twice.repository.js';
import { LedgerAccess, refuseHidden, refuseOthers } from './ledger-access.service.js';
import { LedgerJournal } from './ledger-journal.service.js';
import type { LedgerRows } from './ledger-rows.repository.js';

interface Entry {
  readonly id: string;
  readonly organizationId: string;
  readonly announcedAt: string | null;
  readonly createdAt: string;
  readonly version: number;
  /** The announced entry that this one replaces. */
  readonly corrects?: string | null;
}

interface Words {
  /** For an entry in messages. */
  readonly noun: string;
  /** With which the actions of the audit begin. */
  readonly audit: 'case' | 'paper' | 'membership_batch';
}

interface ListQuery {
  readonly tourId: string;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** The entries of a tour's ledger: how they are read, corrected, changed while they are drafts and deleted is the same for all kinds. */
export abstract class LedgerEntries<Kept extends Entry, Shown extends { readonly id: string }> {
  constructor(
    protected readonly unitOfWork: UnitOfWork,
    private readonly database: Database,
    protected readonly access: LedgerAccess,
    private readonly journal: LedgerJournal,
    private readonly rows: LedgerRows<Kept>,
    private readonly words: Words,
  ) {}

  /** As those who may see them see them. */
  protected abstract shown(reader: Reader, entries: readonly Kept[]): Shown[] | Promise<Shown[]>;
  protected abstract audited(entry: Kept): object;

  async get(call: CallContext, id: string): Promise<Shown> {
    const found = await this.find(id);
    refuseHidden(call.caller, found, this.words.noun);
    return this.show(this.database, found);
  }

  async list(
    call: CallContext,
    { tourId, cursor, limit }: ListQuery,
  ): Promise<{ items: Shown[]; nextCursor: string | null }> {
    const announcedAlone = await this.access.seesAnnouncedAlone(call, tourId);
    const page = { tourId, announcedAlone, after: decodeIdCursor(cursor), take: limit + 1 };
    const rows = await this.rows.list(this.database, page);
    const { items, nextCursor } = cutPage(rows, limit, ({ id }) => [id]);
    return { items: await this.shown(this.database, items), nextCursor };
  }

  async delete(call: CallContext, id: string): Promise<null> {
    await this.findOwn(call, id);
    return this.unitOfWork.run(call, async (tx) => {
      const found = await this.rows.lock(tx.manager, id);
      refuseStaleVersion(call, found.version);
      refuseAnnounced(found, this.words.noun);
      await this.rows.delete(tx.manager, id);
      this.journal.record(tx, `${this.words.audit}.delete`, found, this.audited(found), null);
      return null;
    });
  }

  /** @throws Problem `resource.not_found`, also for what belongs to another organization */
  async findOwn(call: CallContext, id: string): Promise<Kept> {
    const found = await this.find(id);
    refuseOthers(call.caller, found, this.words.noun);
    return found;
  }

  protected async insert(call: CallContext, action: string, entry: Kept): Promise<Shown> {
    try {
      return await this.unitOfWork.run(
        call,
        async (tx) => {
          await this.refuseUncorrectable(tx.manager, entry);
          await this.rows.insert(tx.manager, entry);
          this.journal.record(tx, `${this.words.audit}.${action}`, entry, null, this.audited(entry));
          return this.show(tx.manager, entry);
        },
        ({ id }) => id,
      );
    } catch (error) {
      if (!isCorrectedTwice(error)) throw error;
      throw new Problem('ledger.announced', `That ${this.words.noun} has a correction already.`);
    }
  }

  /** @param alsoWrite what follows from the change, in its transaction */
  protected change(
    call: CallContext,
    id: string,
    action: string,
    decide: (before: Kept) => Kept,
    alsoWrite: (tx: TransactionContext, after: Kept) => Promise<void> = () => Promise.resolve(),
  ): Promise<Shown> {
    return this.unitOfWork.run(call, async (tx) => {
      const before = await this.rows.lock(tx.manager, id);
      refuseStaleVersion(call, before.version);
      const after = { ...decide(before), version: before.version + 1 };
      await this.rows.save(tx.manager, after);
      this.journal.record(
        tx,
        `${this.words.audit}.${action}`,
        after,
        this.audited(before),
        this.audited(after),
      );
      await alsoWrite(tx, after);
      return this.show(tx.manager, after);
    });
  }

  private async show(reader: Reader, entry: Kept): Promise<Shown> {
    const [shown] = await this.shown(reader, [entry]);
    if (shown === undefined) throw new Error(`The ${this.words.noun} is not shown.`);
    return shown;
  }

  private async refuseUncorrectable(reader: Reader, { corrects, organizationId }: Kept): Promise<void> {
    if (corrects === null || corrects === undefined) return;
    const corrected = await this.rows.find(reader, corrects);
    if (corrected?.organizationId !== organizationId || corrected.announcedAt === null)
      throw notFound(`corrected ${this.words.noun}`);
  }

  private async find(id: string): Promise<Kept> {
    const found = await this.rows.find(this.database, id);
    if (found === null) throw notFound(this.words.noun);
    return found;
  }
}
