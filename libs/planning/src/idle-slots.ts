import { UNPLACED, type CompiledProblem } from './meeting-problem.js';
import type { MeetingSchedule } from './meeting-schedule.js';
import type { Random } from './random.js';

/** Slots between a company's first and last meeting of a day in which it has none, summed over companies and days. */
export function idleSlots(problem: CompiledProblem, slotOf: ArrayLike<number>): number {
  return idleOf(problem, slotOf, meetingsByCompany(problem), allCompanies(problem));
}

/**
 * Makes companies wait less and costs no meeting and no point: exchanges two slots along a Kempe chain, that is for one
 * meeting and all that have to change with it, and keeps what lowers the number of idle slots.
 * @param steps tries
 */
export function reduceIdleSlots(schedule: MeetingSchedule, steps: number, random: Random): void {
  const { problem } = schedule;
  if (problem.count === 0 || problem.slots < 2) return;
  const byCompany = meetingsByCompany(problem);
  for (let step = 0; step < steps; step += 1) {
    const meeting = random.below(problem.count);
    const from = schedule.slotOf[meeting] ?? UNPLACED;
    const to = random.below(problem.slots);
    if (from === UNPLACED || from === to) continue;
    const chain = chainOf(schedule, meeting, from, to);
    if (chain !== null) exchangeIfBetter(schedule, chain, from, to, byCompany);
  }
}

/** The meetings of two slots that hang together by their people, or null where one of them can't change. */
function chainOf(schedule: MeetingSchedule, first: number, from: number, to: number): number[] | null {
  const chain = [first];
  for (const meeting of chain) {
    const target = schedule.slotOf[meeting] === from ? to : from;
    if (schedule.problem.locked[meeting] === 1 || !schedule.isAllowed(meeting, target)) return null;
    for (const side of [0, 1] as const) {
      const other = schedule.inTheWay(meeting, side, target);
      if (other >= 0 && !chain.includes(other)) chain.push(other);
    }
  }
  return chain;
}

function exchangeIfBetter(
  schedule: MeetingSchedule,
  chain: readonly number[],
  from: number,
  to: number,
  byCompany: readonly number[][],
): void {
  const { problem } = schedule;
  const leaving = chain.filter((meeting) => schedule.slotOf[meeting] === from).length;
  const arriving = chain.length - leaving;
  if ((schedule.bySlot[to]?.length ?? 0) + leaving - arriving > problem.tables) return;
  if ((schedule.bySlot[from]?.length ?? 0) + arriving - leaving > problem.tables) return;
  const companies = new Set(
    chain.flatMap((meeting) => Array.from(problem.companies.subarray(2 * meeting, 2 * meeting + 2))),
  );
  const before = { idle: idleOf(problem, schedule.slotOf, byCompany, companies), value: schedule.value };
  exchange(schedule, chain, from, to);
  const idle = idleOf(problem, schedule.slotOf, byCompany, companies);
  if (schedule.value < before.value || (schedule.value === before.value && idle > before.idle))
    exchange(schedule, chain, from, to);
}

function exchange(schedule: MeetingSchedule, chain: readonly number[], from: number, to: number): void {
  const targets = chain.map((meeting) => (schedule.slotOf[meeting] === from ? to : from));
  for (const meeting of chain) schedule.remove(meeting);
  chain.forEach((meeting, index) => schedule.place(meeting, targets[index] ?? from));
}

function idleOf(
  { source, slots }: CompiledProblem,
  slotOf: ArrayLike<number>,
  byCompany: readonly number[][],
  companies: Iterable<number>,
): number {
  let idle = 0;
  for (const company of companies) {
    const used = new Set((byCompany[company] ?? []).map((meeting) => slotOf[meeting] ?? UNPLACED));
    let gap = 0;
    let day: number | undefined;
    for (let slot = 0; slot < slots; slot += 1) {
      if (source.slotDays[slot] !== day) [day, gap] = [undefined, 0];
      if (used.has(slot)) {
        idle += gap;
        [day, gap] = [source.slotDays[slot], 0];
      } else if (day !== undefined) gap += 1;
    }
  }
  return idle;
}

function meetingsByCompany({ companyCount, companies }: CompiledProblem): number[][] {
  const byCompany: number[][] = Array.from({ length: companyCount }, () => []);
  companies.forEach((company, index) => byCompany[company]?.push(index >> 1));
  return byCompany;
}

function allCompanies({ companyCount }: CompiledProblem): Iterable<number> {
  return Array.from({ length: companyCount }, (_, company) => company).values();
}
