import { UNPLACED, type CompiledProblem } from './meeting-problem.js';

/** One decision: whether a meeting takes place in a slot. */
export interface ModelColumn {
  readonly meeting: number;
  readonly slot: number;
  readonly worth: number;
}

/** At most so many of these columns are taken. */
export interface ModelRow {
  readonly members: readonly number[];
  readonly most: number;
}

/** A meeting problem as a mixed-integer program; tables are counted a slot, their numbers are given afterwards. */
export interface MeetingModel {
  readonly columns: readonly ModelColumn[];
  readonly rows: readonly ModelRow[];
}

/** Every constraint of the problem; rows that can't be broken are left out. */
export function meetingModel(problem: CompiledProblem): MeetingModel {
  const columns = columnsOf(problem);
  const groups = new Map<string, { members: number[]; most: number }>();
  const add = (name: string, most: number, column: number) => {
    const group = groups.get(name);
    if (group === undefined) groups.set(name, { members: [column], most });
    else group.members.push(column);
  };
  columns.forEach(({ meeting, slot }, column) => {
    add(`meeting ${meeting}`, 1, column);
    add(`slot ${slot}`, problem.tables, column);
    for (const side of [0, 1]) {
      const person = problem.people[2 * meeting + side] ?? 0;
      const company = problem.companies[2 * meeting + side] ?? 0;
      add(`person ${person} ${slot}`, 1, column);
      add(`company ${company}`, problem.limits[company] ?? 0, column);
    }
  });
  const rows = [...groups.values()].filter(({ members, most }) => members.length > most);
  return { columns, rows };
}

function columnsOf({ count, slots, allowed, weights, present, movePoints }: CompiledProblem): ModelColumn[] {
  const columns: ModelColumn[] = [];
  for (let meeting = 0; meeting < count; meeting += 1)
    for (let slot = 0; slot < slots; slot += 1) {
      if (allowed[meeting * slots + slot] !== 1) continue;
      const had = present[meeting] ?? UNPLACED;
      const moved = had !== UNPLACED && had !== slot;
      columns.push({ meeting, slot, worth: (weights[meeting] ?? 0) - (moved ? movePoints : 0) });
    }
  return columns;
}
