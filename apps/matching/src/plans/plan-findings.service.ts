import type { MeetingProblem } from '#planning';
import { failed, passed, type Finding } from '#service';
import { PlanningThread } from './plan.thread.js';

/** Far more than it takes: a busy machine starts a thread slowly. */
const withinMs = 60_000;

/** Of three companies that all want to meet in one slot two can: only the solver proves it, so it is asked. */
function threeForOneSlot(): MeetingProblem {
  const side = (name: string) => ({ companyId: name, personId: name });
  const wanted = (a: string, b: string) => ({
    id: a + b,
    weight: 2,
    sides: [side(a), side(b)] as const,
  });
  return {
    slotDays: [0],
    tables: 2,
    meetings: [wanted('a', 'b'), wanted('b', 'c'), wanted('a', 'c')],
    busySlots: new Map(),
    companyLimits: new Map(),
    movePoints: 5,
  };
}

/** Whether meetings can be planned here: a thread starts, and its solver loads. */
export async function planFindings(): Promise<Finding[]> {
  const effort = { seed: 1, steps: 1_000, seconds: 5 };
  const thread = new PlanningThread({ problem: threeForOneSlot(), effort }, () => undefined);
  const timer = setTimeout(() => void thread.stop(), withinMs);
  try {
    const plan = await thread.plan;
    const isRight = plan?.items.length === 1 && plan.provenBest;
    if (isRight) return [passed('plans', 'a thread starts, and its solver finds what it should')];
    return [failed('plans', 'the planning thread gave no right answer in time', remedy)];
  } catch (error) {
    return [failed('plans', error instanceof Error ? error.message : String(error), remedy)];
  } finally {
    clearTimeout(timer);
    await thread.stop();
  }
}

const remedy =
  'Give the process room for a thread (256 MB beside what it has), and install all dependencies: the solver is the package highs.';
