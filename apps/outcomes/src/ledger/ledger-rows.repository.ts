import { formatInstant, notFound } from '#contracts';
import { plainArray, type Reader, type Transaction } from '#persistence';
import type { LedgerPage } from './ledger-page.js';

/** What every entry of the ledger has, of whatever kind. */
interface Entry {
  readonly announcedAt: string | null;
  readonly createdAt: string;
}

type Row<Kept extends Entry> = Omit<Kept, keyof Entry> & { announcedAt: Date | null; createdAt: Date };

/** A table of the ledger: how its entries are found, locked, listed and deleted is the same for all kinds. */
export abstract class LedgerRows<Kept extends Entry> {
  /**
   * @param kind the word for an entry in messages
   * @param columns SQL, named as the members of an entry
   */
  constructor(
    private readonly table: 'cases' | 'papers' | 'membership_batches',
    private readonly kind: string,
    private readonly columns: string,
  ) {}

  abstract insert(manager: Transaction, entry: Kept): Promise<void>;
  abstract save(manager: Transaction, entry: Kept): Promise<void>;

  async find(manager: Reader, id: string): Promise<Kept | null> {
    const [entry] = await this.read(manager, 'WHERE id = $1', [id]);
    return entry ?? null;
  }

  /** @throws Problem `resource.not_found` */
  async lock(manager: Transaction, id: string): Promise<Kept> {
    const [entry] = await this.read(manager, 'WHERE id = $1 FOR UPDATE', [id]);
    if (entry === undefined) throw notFound(this.kind);
    return entry;
  }

  list(manager: Reader, { tourId, announcedAlone, after, take }: LedgerPage): Promise<Kept[]> {
    return this.read(
      manager,
      `WHERE tour_id = $1 AND (NOT $2 OR announced_at IS NOT NULL) AND ($3::uuid IS NULL OR id > $3)
       ORDER BY id LIMIT $4`,
      [tourId, announcedAlone, after, take],
    );
  }

  findAnnounced(manager: Reader, ids: readonly string[]): Promise<Kept[]> {
    return this.read(manager, 'WHERE id = ANY ($1::uuid[]) AND announced_at IS NOT NULL', [plainArray(ids)]);
  }

  async delete(manager: Transaction, id: string): Promise<void> {
    await manager.query(`DELETE FROM ${this.table} WHERE id = $1`, [id]);
  }

  private async read(manager: Reader, condition: string, values: unknown[]): Promise<Kept[]> {
    const rows = (await manager.query(
      `SELECT ${this.columns} FROM ${this.table} ${condition}`,
      values,
    )) as Row<Kept>[];
    return rows.map((row) => entryOf<Kept>(row));
  }
}

function entryOf<Kept extends Entry>(row: Row<Kept>): Kept {
  return {
    ...row,
    announcedAt: row.announcedAt && formatInstant(row.announcedAt),
    createdAt: formatInstant(row.createdAt),
  } as unknown as Kept;
}
