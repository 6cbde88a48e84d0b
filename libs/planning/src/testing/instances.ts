import type { MeetingProblem, WantedMeeting } from '../meeting-problem.js';
import { Random } from '../random.js';

export interface InstanceShape {
  companies: number;
  requests: number;
  slots: number;
  tables: number;
  /** Slots in which each company can't come. */
  busy?: number;
  seed: number;
}

/** A made-up stop: requests between companies at random, weights from 1 to 100, some slots busy. */
export function randomInstance({
  companies,
  requests,
  slots,
  tables,
  busy = 2,
  seed,
}: InstanceShape): MeetingProblem {
  const random = new Random(seed);
  const pairs = new Set<string>();
  const meetings: WantedMeeting[] = [];
  while (meetings.length < requests) {
    const [one, other] = [random.below(companies), random.below(companies)];
    const key = one < other ? `${one}-${other}` : `${other}-${one}`;
    if (one === other || pairs.has(key)) continue;
    pairs.add(key);
    meetings.push(
      meetingOf(`m${String(meetings.length).padStart(4, '0')}`, one, other, 1 + random.below(100)),
    );
  }
  const busySlots = new Map<string, Set<number>>();
  for (let company = 0; company < companies; company += 1) {
    const own = new Set<number>();
    while (own.size < busy) own.add(random.below(slots));
    busySlots.set(`p${company}`, own);
  }
  return {
    slotDays: Array.from({ length: slots }, () => 0),
    tables,
    meetings,
    busySlots,
    companyLimits: new Map(),
    movePoints: 5,
  };
}

/**
 * A stop whose best schedule is known, because it was made first: in each slot disjoint pairs meet, each company can come
 * in exactly the slots in which it meets (and `spare` more), and decoys are worth less than any of them.
 * @returns the problem and the value of the planted schedule, which holds every planted meeting
 */
export function plantedInstance({
  companies,
  slots,
  load,
  decoys,
  spare,
  seed,
}: {
  companies: number;
  slots: number;
  /** The share of companies that meet in a slot, from 0 to 1. */
  load: number;
  decoys: number;
  spare: number;
  seed: number;
}): { problem: MeetingProblem; planted: number } {
  const random = new Random(seed);
  const meetings: WantedMeeting[] = [];
  const pairs = new Set<string>();
  const present = Array.from({ length: companies }, () => new Set<number>());
  let planted = 0;
  for (let slot = 0; slot < slots; slot += 1) {
    const order = shuffled(companies, random);
    const meeting = Math.trunc((companies * load) / 2);
    for (let pair = 0, at = 0; pair < meeting && at + 1 < companies; at += 2) {
      const [one, other] = [order[at] ?? 0, order[at + 1] ?? 0];
      const key = one < other ? `${one}-${other}` : `${other}-${one}`;
      if (pairs.has(key)) continue;
      pairs.add(key);
      pair += 1;
      const weight = 51 + random.below(50);
      planted += weight;
      meetings.push(meetingOf(`planted-${slot}-${pair}`, one, other, weight));
      present[one]?.add(slot);
      present[other]?.add(slot);
    }
  }
  for (let decoy = 0; decoy < decoys;) {
    const [one, other] = [random.below(companies), random.below(companies)];
    const key = one < other ? `${one}-${other}` : `${other}-${one}`;
    if (one === other || pairs.has(key)) continue;
    pairs.add(key);
    meetings.push(meetingOf(`decoy-${decoy}`, one, other, 1 + random.below(50)));
    decoy += 1;
  }
  for (const own of present)
    for (let more = 0; more < spare && own.size < slots;) {
      const slot = random.below(slots);
      if (own.has(slot)) continue;
      own.add(slot);
      more += 1;
    }
  const all = Array.from({ length: slots }, (_, slot) => slot);
  return {
    planted,
    problem: {
      slotDays: all.map(() => 0),
      tables: companies,
      meetings,
      busySlots: new Map(
        present.map((own, company) => [`p${company}`, new Set(all.filter((slot) => !own.has(slot)))]),
      ),
      companyLimits: new Map(),
      movePoints: 5,
    },
  };
}

function meetingOf(id: string, one: number, other: number, weight: number): WantedMeeting {
  const side = (company: number) => ({ companyId: `c${company}`, personId: `p${company}` });
  return { id, weight, sides: [side(one), side(other)] };
}

function shuffled(count: number, random: Random): number[] {
  const order = Array.from({ length: count }, (_, index) => index);
  for (let index = count - 1; index > 0; index -= 1) {
    const other = random.below(index + 1);
    [order[index], order[other]] = [order[other] ?? 0, order[index] ?? 0];
  }
  return order;
}
