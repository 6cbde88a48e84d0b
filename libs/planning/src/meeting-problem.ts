/** Where a meeting takes place: the index of its slot, in order of time, and the number of its table, from 1. */
export interface MeetingPlace {
  readonly slot: number;
  readonly table: number;
}

/** One side of a meeting: the company, and the person who comes for it. */
export interface MeetingSide {
  readonly companyId: string;
  readonly personId: string;
}

/** A meeting that wants a place. */
export interface WantedMeeting {
  readonly id: string;
  /** What it is worth that the meeting takes place; a whole number above 0. */
  readonly weight: number;
  readonly sides: readonly [MeetingSide, MeetingSide];
  /** The place that it has now. */
  readonly present?: MeetingPlace;
  /** Whether it keeps its present place, whatever that costs the others. */
  readonly locked?: boolean;
}

/** Everything that decides a meeting plan of one stop. Times are slots; what lies beyond them is the caller's. */
export interface MeetingProblem {
  /** The day of each slot, in order of time: idle time does not reach from one day into the next. */
  readonly slotDays: readonly number[];
  /** Tables of the stop, all usable in every slot. */
  readonly tables: number;
  readonly meetings: readonly WantedMeeting[];
  /** The slots in which a person can't come. */
  readonly busySlots: ReadonlyMap<string, ReadonlySet<number>>;
  /** The most meetings that a company wants, for the companies that said so. */
  readonly companyLimits: ReadonlyMap<string, number>;
  /** Points that it costs to move a meeting from its present slot to another. */
  readonly movePoints: number;
}

/** A problem in the form that the search works on: everything is a number, names are indexes. */
export interface CompiledProblem {
  readonly source: MeetingProblem;
  readonly slots: number;
  readonly tables: number;
  readonly count: number;
  readonly weights: Int32Array;
  /** The two people of meeting `m` stand at `2m` and `2m + 1`; the companies likewise. */
  readonly people: Int32Array;
  readonly companies: Int32Array;
  readonly personCount: number;
  readonly companyCount: number;
  /** The most meetings of each company. */
  readonly limits: Int32Array;
  /** 1 at `m × slots + s` where meeting `m` can take place in slot `s`, seen by itself. */
  readonly allowed: Uint8Array;
  /** The same as a list of slots for each meeting. */
  readonly openSlots: readonly Int32Array[];
  /** The slot that a meeting has now, or −1. */
  readonly present: Int32Array;
  readonly locked: Uint8Array;
  readonly movePoints: number;
}

/** No slot: the meeting has no place. */
export const UNPLACED = -1;

/**
 * Numbers everything, in the order of the meetings' ids, so that the caller's order decides nothing.
 * @throws RangeError where two meetings have one id, or a locked one has no present place among the slots
 */
export function compileProblem(source: MeetingProblem): CompiledProblem {
  const meetings = source.meetings.toSorted((one, other) => (one.id < other.id ? -1 : 1));
  const slots = source.slotDays.length;
  const people = new Numbering();
  const companies = new Numbering();
  const openSlots: Int32Array[] = [];
  const compiled: CompiledProblem = {
    source: { ...source, meetings },
    slots,
    tables: source.tables,
    count: meetings.length,
    weights: Int32Array.from(meetings, ({ weight }) => weight),
    people: Int32Array.from(meetings.flatMap(({ sides }) => sides.map((side) => people.of(side.personId)))),
    companies: Int32Array.from(
      meetings.flatMap(({ sides }) => sides.map((side) => companies.of(side.companyId))),
    ),
    personCount: people.count,
    companyCount: companies.count,
    limits: Int32Array.from(companies.names(), (name) => source.companyLimits.get(name) ?? meetings.length),
    allowed: new Uint8Array(meetings.length * slots),
    openSlots,
    present: Int32Array.from(meetings, ({ present }) => presentSlot(present, slots)),
    locked: Uint8Array.from(meetings, ({ locked }) => (locked ? 1 : 0)),
    movePoints: source.movePoints,
  };
  assertUsable(compiled);
  for (let meeting = 0; meeting < compiled.count; meeting += 1) {
    const open = openSlotsOf(compiled, meeting);
    for (const slot of open) compiled.allowed[meeting * slots + slot] = 1;
    openSlots.push(Int32Array.from(open));
  }
  return compiled;
}

function presentSlot(present: MeetingPlace | undefined, slots: number): number {
  return present !== undefined && present.slot >= 0 && present.slot < slots ? present.slot : UNPLACED;
}

function assertUsable({ source, present, locked }: CompiledProblem): void {
  source.meetings.forEach(({ id, weight }, index) => {
    if (id === source.meetings[index + 1]?.id) throw new RangeError(`Two meetings have the id ${id}.`);
    if (!Number.isInteger(weight) || weight < 1)
      throw new RangeError(`The weight of meeting ${id} is not a whole number above 0.`);
    if (locked[index] === 1 && present[index] === UNPLACED)
      throw new RangeError(`Meeting ${id} is locked and has no place among the slots.`);
  });
}

function openSlotsOf({ slots, locked, present, source }: CompiledProblem, meeting: number): number[] {
  if (locked[meeting] === 1) return [present[meeting] ?? 0];
  const busy = (source.meetings[meeting]?.sides ?? []).map((side) => source.busySlots.get(side.personId));
  return Array.from({ length: slots }, (_, slot) => slot).filter(
    (slot) => !busy.some((set) => set?.has(slot)),
  );
}

/** Gives each name a number, in order of appearance. */
class Numbering {
  private readonly known = new Map<string, number>();

  of(name: string): number {
    const number = this.known.get(name) ?? this.known.size;
    this.known.set(name, number);
    return number;
  }

  get count(): number {
    return this.known.size;
  }

  names(): string[] {
    return [...this.known.keys()];
  }
}
