import { deleteDB, openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Localized } from '../../../shared/language.js';
import type { RosterEntry } from '../rules/roster.js';
import type { Scan } from '../rules/scan.js';

/** What the door has to know of its stop without a network. */
export interface DoorStop {
  readonly id: string;
  readonly name: Localized;
  readonly city: { readonly name: Localized };
  readonly timeZone: string;
  readonly endsAt: string;
}

/** How current the list is. */
export interface RosterState {
  /** To be passed as `since`; `null` until the whole list was read once. */
  readonly asOf: string | null;
  readonly readAtMs: number;
}

interface DoorSchema extends DBSchema {
  roster: { key: string; value: RosterEntry };
  scans: { key: string; value: Scan };
  facts: { key: 'stop' | 'rosterState' | 'clockOffsetMs'; value: DoorStop | RosterState | number };
}

export interface KeptDoor {
  readonly stop: DoorStop | null;
  readonly rosterState: RosterState | null;
  readonly clockOffsetMs: number;
  readonly roster: readonly RosterEntry[];
  readonly scans: readonly Scan[];
}

const nameOf = (stopId: string): string => `waystop-door-${stopId}`;

/** What a phone keeps of one stop: names and hashes of badges, and the scans that the API has not confirmed. */
export class DoorDatabase {
  private constructor(private readonly database: IDBPDatabase<DoorSchema>) {}

  static async open(stopId: string): Promise<DoorDatabase> {
    const database = await openDB<DoorSchema>(nameOf(stopId), 1, {
      upgrade(made) {
        made.createObjectStore('roster', { keyPath: 'delegateId' });
        made.createObjectStore('scans', { keyPath: 'id' });
        made.createObjectStore('facts');
      },
    });
    return new DoorDatabase(database);
  }

  static delete = (stopId: string): Promise<void> => deleteDB(nameOf(stopId));

  async read(): Promise<KeptDoor> {
    const tx = this.database.transaction(['roster', 'scans', 'facts']);
    const facts = tx.objectStore('facts');
    const [stop, rosterState, clockOffsetMs, roster, scans] = await Promise.all([
      facts.get('stop'),
      facts.get('rosterState'),
      facts.get('clockOffsetMs'),
      tx.objectStore('roster').getAll(),
      tx.objectStore('scans').getAll(),
    ]);
    return {
      stop: (stop as DoorStop | undefined) ?? null,
      rosterState: (rosterState as RosterState | undefined) ?? null,
      clockOffsetMs: (clockOffsetMs as number | undefined) ?? 0,
      roster,
      scans: scans.toSorted((one, other) => one.serial - other.serial),
    };
  }

  async keepStop(stop: DoorStop): Promise<void> {
    await this.database.put('facts', stop, 'stop');
  }

  async keepClockOffset(offsetMs: number): Promise<void> {
    await this.database.put('facts', offsetMs, 'clockOffsetMs');
  }

  /** The list and how current it is change together. @param replaces everything that was there */
  async keepRoster(items: readonly RosterEntry[], state: RosterState, replaces: boolean): Promise<void> {
    const tx = this.database.transaction(['roster', 'facts'], 'readwrite');
    const roster = tx.objectStore('roster');
    if (replaces) await roster.clear();
    await Promise.all([
      ...items.map((item) => roster.put(item)),
      tx.objectStore('facts').put(state, 'rosterState'),
    ]);
    await tx.done;
  }

  /** Scans that replace others do so in one transaction: a phone that dies in between has one or the other. */
  async keepScans(scans: readonly Scan[], gone: readonly string[] = []): Promise<void> {
    const tx = this.database.transaction('scans', 'readwrite', { durability: 'strict' });
    await Promise.all([...scans.map((scan) => tx.store.put(scan)), ...gone.map((id) => tx.store.delete(id))]);
    await tx.done;
  }

  /** Names and hashes go; what the API has not confirmed stays. */
  async forgetRoster(): Promise<void> {
    const tx = this.database.transaction(['roster', 'facts'], 'readwrite');
    await Promise.all([tx.objectStore('roster').clear(), tx.objectStore('facts').delete('rosterState')]);
    await tx.done;
  }

  close(): void {
    this.database.close();
  }
}
