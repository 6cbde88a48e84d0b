import { parentPort, workerData } from 'node:worker_threads';
import { planMeetings, type MeetingProblem, type PlanEffort } from '#planning';

/** What the thread is started with. */
export interface PlanOrder {
  readonly problem: MeetingProblem;
  readonly effort: PlanEffort;
}

// A thread of its own, since planning computes without a pause. An error here ends the thread, which its owner observes.
const { problem, effort } = workerData as PlanOrder;
const plan = await planMeetings(problem, effort, (progress) => parentPort?.postMessage({ progress }));
parentPort?.postMessage({ plan });
