import { quickBound } from './bound.js';
import { evaluatePlan, type PlanPenalty } from './evaluation.js';
import { searchExactly } from './exact-search.js';
import { placeGreedily } from './greedy.js';
import { reduceIdleSlots } from './idle-slots.js';
import { searchLocally } from './local-search.js';
import { UNPLACED, compileProblem, type MeetingPlace, type MeetingProblem } from './meeting-problem.js';
import { MeetingSchedule } from './meeting-schedule.js';
import { Random } from './random.js';
import { assignTables } from './tables.js';
import { unplacedReasons, type UnplacedReason } from './unplaced.js';

export interface PlanEffort {
  /** Equal problems, seeds and steps give equal plans, unless time ended the search. A whole number. */
  readonly seed: number;
  /** Steps of local search, over all starts. */
  readonly steps: number;
  /** The longest that the exact search may take; 0 leaves it out. */
  readonly seconds: number;
}

export interface PlanProgress {
  readonly steps: number;
  readonly value: number;
  readonly bound: number;
}

export interface MeetingPlan {
  readonly value: number;
  /** No schedule is worth more. */
  readonly bound: number;
  readonly provenBest: boolean;
  readonly endedBy: 'steps' | 'time' | 'proof';
  readonly items: readonly ({ readonly meetingId: string; readonly weight: number } & MeetingPlace)[];
  readonly unplaced: readonly {
    readonly meetingId: string;
    readonly weight: number;
    readonly reasons: readonly UnplacedReason[];
  }[];
  readonly penalties: readonly PlanPenalty[];
}

/**
 * The local search starts so often from the greedy schedule, each time with a seed of its own and this share of the mean
 * weight as its temperature: scarce slots want a hot start, scarce tables a cool one.
 */
const HOTTEST_SHARES = [1, 1 / 2, 1 / 4, 1 / 8];
/** Tries to shorten waiting, for each meeting. */
const IDLE_STEPS_A_MEETING = 300;
const MAX_IDLE_STEPS = 200_000;
/** Nodes of the exact search: what bounds it, so that equal input gives an equal answer; time is only the cap. */
const EXACT_NODES = 2_000;

/**
 * Plans the meetings of a stop: greedy, then local search from several seeds, then an exact search that may raise the
 * bound or improve the result, and no more. Then companies wait less, at no cost. Blocks its thread: run it in a worker.
 * @throws RangeError for a problem that contradicts itself, see `compileProblem`
 */
export async function planMeetings(
  source: MeetingProblem,
  effort: PlanEffort,
  onProgress: (progress: PlanProgress) => void = () => undefined,
): Promise<MeetingPlan> {
  const problem = compileProblem(source);
  let bound = quickBound(problem);
  const best = bestOfStarts(new MeetingSchedule(problem), effort, (steps, value) =>
    onProgress({ steps, value, bound }),
  );
  let endedBy: MeetingPlan['endedBy'] = 'steps';
  if (effort.seconds > 0 && best.value < bound) {
    const exact = await searchExactly(problem, best.slotOf, { ...effort, nodes: EXACT_NODES });
    if (exact !== null) {
      bound = Math.min(bound, exact.bound);
      if (exact.endedBy === 'time') endedBy = 'time';
      takeIfBetter(best, exact.slotOf);
    }
  }
  if (best.value >= bound) endedBy = 'proof';
  onProgress({ steps: effort.steps, value: best.value, bound });
  const idleSteps = Math.min(MAX_IDLE_STEPS, IDLE_STEPS_A_MEETING * problem.count);
  reduceIdleSlots(best, idleSteps, new Random(effort.seed));
  return planOf(best, bound, endedBy);
}

function bestOfStarts(
  schedule: MeetingSchedule,
  { seed, steps }: PlanEffort,
  onProgress: (steps: number, value: number) => void,
): MeetingSchedule {
  placeGreedily(schedule);
  const greedy = schedule.slotOf.slice();
  const stepsEach = Math.trunc(steps / HOTTEST_SHARES.length);
  let best = { value: schedule.value, slots: greedy };
  HOTTEST_SHARES.forEach((share, start) => {
    schedule.restore(greedy);
    const random = new Random(seed * HOTTEST_SHARES.length + start);
    const hottest = Math.max(1, Math.trunc(meanWeight(schedule) * share));
    searchLocally(schedule, stepsEach, random, hottest, (done, value) =>
      onProgress(start * stepsEach + done, Math.max(value, best.value)),
    );
    if (schedule.value > best.value) best = { value: schedule.value, slots: schedule.slotOf.slice() };
  });
  schedule.restore(best.slots);
  return schedule;
}

function meanWeight({ problem }: MeetingSchedule): number {
  return problem.weights.reduce((sum, weight) => sum + weight, 0) / Math.max(1, problem.count);
}

function takeIfBetter(best: MeetingSchedule, slots: Int32Array): void {
  const before = { value: best.value, slots: best.slotOf.slice() };
  best.restore(slots);
  if (best.value < before.value) best.restore(before.slots);
}

function planOf(best: MeetingSchedule, bound: number, endedBy: MeetingPlan['endedBy']): MeetingPlan {
  const { source } = best.problem;
  const tables = assignTables(best.problem, best.slotOf);
  const places = new Map<string, MeetingPlace>();
  source.meetings.forEach(({ id }, meeting) => {
    const slot = best.slotOf[meeting] ?? UNPLACED;
    if (slot !== UNPLACED) places.set(id, { slot, table: tables[meeting] ?? 0 });
  });
  const { value, penalties } = evaluatePlan(source, places);
  return {
    value,
    bound,
    provenBest: value === bound,
    endedBy,
    penalties,
    items: source.meetings.flatMap(({ id, weight }) => {
      const place = places.get(id);
      return place === undefined ? [] : [{ meetingId: id, weight, ...place }];
    }),
    unplaced: source.meetings.flatMap(({ id, weight }, meeting) =>
      places.has(id) ? [] : [{ meetingId: id, weight, reasons: unplacedReasons(best, meeting) }],
    ),
  };
}
