import type { CompiledProblem } from './meeting-problem.js';

/**
 * A value that no schedule exceeds, found without a search: the least of three sums.
 * 1. All weights of meetings that can take place in some slot, as many as there are slots × tables.
 * 2. For each person, its dearest meetings, as many as it has slots; every meeting counts for two people, so half the sum.
 * 3. The same for each company, up to the number of meetings that it wants.
 */
export function quickBound(problem: CompiledProblem): number {
  const { count, people, companies, slots, tables, limits, personCount, companyCount } = problem;
  const possible = Array.from({ length: count }, (_, meeting) => meeting).filter((meeting) =>
    problem.allowed.subarray(meeting * slots, (meeting + 1) * slots).includes(1),
  );
  const all = dearest(problem, possible, slots * tables);
  const byPerson = halves(problem, possible, people, personCount, (_, own) => openSlots(problem, own));
  const byCompany = halves(problem, possible, companies, companyCount, (company) => limits[company] ?? 0);
  return Math.min(all, byPerson, byCompany);
}

function halves(
  problem: CompiledProblem,
  meetings: readonly number[],
  owners: Int32Array,
  ownerCount: number,
  mostOf: (owner: number, own: readonly number[]) => number,
): number {
  const byOwner: number[][] = Array.from({ length: ownerCount }, () => []);
  for (const meeting of meetings)
    for (const side of [0, 1]) byOwner[owners[2 * meeting + side] ?? 0]?.push(meeting);
  const sum = byOwner.reduce((total, own, owner) => total + dearest(problem, own, mostOf(owner, own)), 0);
  return Math.trunc(sum / 2);
}

/** The slots in which at least one of these meetings can take place. */
function openSlots({ slots, allowed }: CompiledProblem, meetings: readonly number[]): number {
  let open = 0;
  for (let slot = 0; slot < slots; slot += 1)
    if (meetings.some((meeting) => allowed[meeting * slots + slot] === 1)) open += 1;
  return open;
}

function dearest({ weights }: CompiledProblem, meetings: readonly number[], most: number): number {
  const sorted = meetings.map((meeting) => weights[meeting] ?? 0).toSorted((one, other) => other - one);
  return sorted.slice(0, most).reduce((sum, weight) => sum + weight, 0);
}
