import type { Worker } from 'node:worker_threads';
import type { MeetingPlan, PlanProgress } from '#planning';
import { startThread } from '#threads';
import type { PlanOrder } from './plan.worker.js';

/** Memory of the thread's JavaScript; HiGHS has its own beside it. */
const resourceLimits = { maxOldGenerationSizeMb: 192, maxYoungGenerationSizeMb: 32 };

type Message = { readonly progress: PlanProgress } | { readonly plan: MeetingPlan };

/** Computes one plan in a worker thread. */
export class PlanningThread {
  /** The plan; null where the thread was stopped. Rejects where it failed. */
  readonly plan: Promise<MeetingPlan | null>;
  private readonly worker: Worker;
  private stopped = false;

  constructor(order: PlanOrder, onProgress: (progress: PlanProgress) => void) {
    this.worker = startThread('apps/matching/src/plans/plan.worker.ts', {
      workerData: order,
      resourceLimits,
    });
    this.plan = new Promise((resolve, reject) => {
      this.worker.on('message', (message: Message) => {
        if ('progress' in message) onProgress(message.progress);
        else resolve(message.plan);
      });
      this.worker.once('error', (error) => reject(asShortError(error)));
      this.worker.once('exit', (code) =>
        this.stopped ? resolve(null) : reject(new Error(`The planning thread ended with code ${code}.`)),
      );
    });
    // Where nobody waits for the plan any more, its failure is nobody's.
    this.plan.catch(() => undefined);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.worker.terminate();
  }
}

/** An error of HiGHS has its whole module, a line of 168 KB, in its stack. */
function asShortError(error: unknown): Error {
  const message = error instanceof Error ? error.message : String(error);
  return new Error(`The planning thread failed: ${message.slice(0, 500)}`);
}
