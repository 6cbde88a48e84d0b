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

interface Index {
  readonly byHash: ReadonlyMap<string, string>;
  /** Of those who are expected. */
  readonly searchable: readonly { readonly folded: string; readonly delegateId: string }[];
}

/** Everybody of a stop, as far as this phone knows, to be found by id, by badge and by parts of a name. */
export class Roster {
  /** @param index of the same people: check-ins change none of it */
  constructor(
    readonly byId: ReadonlyMap<string, RosterEntry> = new Map(),
    private readonly index: Index = indexOf([...byId.values()]),
  ) {}

  get expected(): number {
    return this.index.searchable.length;
  }

  findByHash(hash: string): RosterEntry | undefined {
    const delegateId = this.index.byHash.get(hash);
    return delegateId === undefined ? undefined : this.byId.get(delegateId);
  }

  /** Everybody expected in whose name, company or last four digits all the words are; at most `limit` of them. */
  search(text: string, limit: number): RosterEntry[] {
    const words = fold(text).split(/\s+/).filter(Boolean);
    const found: RosterEntry[] = [];
    if (words.length === 0) return found;
    for (const { folded, delegateId } of this.index.searchable) {
      const entry = words.every((word) => folded.includes(word)) ? this.byId.get(delegateId) : undefined;
      if (entry !== undefined) found.push(entry);
      if (found.length === limit) break;
    }
    return found;
  }

  /** With what came later. An older version never replaces what is known already. */
  with(items: readonly RosterEntry[]): Roster {
    const next = new Map(this.byId);
    for (const item of items) {
      const known = next.get(item.delegateId);
      if (known === undefined || known.version < item.version) next.set(item.delegateId, item);
    }
    return new Roster(next);
  }

  /** With a check-in that the API has just reported; the next list brings its version. */
  withCheckIn(delegateId: string, checkedInAt: string | null): Roster {
    const known = this.byId.get(delegateId);
    if (known === undefined || known.checkedInAt === checkedInAt) return this;
    return new Roster(new Map(this.byId).set(delegateId, { ...known, checkedInAt }), this.index);
  }
}

function indexOf(entries: readonly RosterEntry[]): Index {
  const byHash = new Map<string, string>();
  for (const { badgeHash, delegateId } of entries) if (badgeHash !== null) byHash.set(badgeHash, delegateId);
  const searchable = entries
    .filter(({ state }) => state === 'expected')
    .map((entry) => ({ folded: fold(textOf(entry)), delegateId: entry.delegateId }));
  return { byHash, searchable };
}

const fold = (text: string): string => text.normalize('NFKC').toLowerCase();

const textOf = ({ name, company, mobileLast4 }: RosterEntry): string =>
  [name, company.name.zh, company.name.en, mobileLast4].filter(Boolean).join(' ');
