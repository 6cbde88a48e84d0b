import type { Localized } from '../../../shared/language.js';

/** A person as the door list has it. */
export interface RosterEntry {
  readonly delegateId: string;
  readonly name: string;
  readonly company: { readonly id: string; readonly name: Localized };
  /** base64url of the badge's SHA-256; `null` for somebody whose data were erased. */
  readonly badgeHash: string | null;
  readonly mobileLast4: string | null;
  readonly state: 'expected' | 'not_valid';
  readonly checkedInAt: string | null;
  readonly version: number;
}

/** Everybody of a stop, as far as this phone knows, to be found by id, by badge and by parts of a name. */
export class Roster {
  private readonly byHash = new Map<string, RosterEntry>();
  private readonly searchable: readonly { readonly folded: string; readonly entry: RosterEntry }[];

  constructor(readonly byId: ReadonlyMap<string, RosterEntry> = new Map()) {
    const entries = [...byId.values()];
    for (const entry of entries) if (entry.badgeHash !== null) this.byHash.set(entry.badgeHash, entry);
    this.searchable = entries
      .filter(({ state }) => state === 'expected')
      .map((entry) => ({ folded: fold(textOf(entry)), entry }));
  }

  get expected(): number {
    return this.searchable.length;
  }

  findByHash(hash: string): RosterEntry | undefined {
    return this.byHash.get(hash);
  }

  /** Everybody expected in whose name, company or last four digits all the words are; at most `limit` of them. */
  search(text: string, limit: number): RosterEntry[] {
    const words = fold(text).split(/\s+/).filter(Boolean);
    const found: RosterEntry[] = [];
    if (words.length === 0) return found;
    for (const { folded, entry } of this.searchable) {
      if (!words.every((word) => folded.includes(word))) continue;
      found.push(entry);
      if (found.length === limit) break;
    }
    return found;
  }

  /** With what came later. A badge of an older version never replaces what is known already. */
  with(items: readonly RosterEntry[]): Roster {
    const next = new Map(this.byId);
    for (const item of items) {
      const known = next.get(item.delegateId);
      if (known === undefined || known.version < item.version) next.set(item.delegateId, item);
    }
    return new Roster(next);
  }

  /** With a check-in that the API has just told of; the next list brings the version that belongs to it. */
  withCheckIn(delegateId: string, checkedInAt: string | null): Roster {
    const known = this.byId.get(delegateId);
    if (known === undefined || known.checkedInAt === checkedInAt) return this;
    return new Roster(new Map(this.byId).set(delegateId, { ...known, checkedInAt }));
  }
}

const fold = (text: string): string => text.normalize('NFKC').toLowerCase();

const textOf = ({ name, company, mobileLast4 }: RosterEntry): string =>
  [name, company.name.zh, company.name.en, mobileLast4].filter(Boolean).join(' ');
