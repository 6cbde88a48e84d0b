import { Inject, Injectable } from '@nestjs/common';
import { UnitOfWork, newId } from '#persistence';
import { LOGGER, PeriodicJob, type Logger } from '#service';
import type { MeetingPlan } from '#planning';
import type { Slot } from '../meeting-rules/slots.js';
import { countPlan, oldestPlanSeconds } from './plan.metrics.js';
import { PlanInputService } from './plan-input.service.js';
import { problemOf } from './plan-problem.js';
import { PlanRepository } from './plan.repository.js';
import type { PlanRecord, PlanResult } from './plan.js';
import { PlanningThread } from './plan.thread.js';

const lookMs = 3_000;
const renewMs = 500;
/** A plan whose process says nothing for so long is taken over by another one. */
const leaseMs = 15_000;
/** A plan that ends its process so often is to blame itself. */
const maxAttempts = 4;

/**
 * Computes the plans that wait, one at a time in this process; replicas share them out by the table. A plan whose process
 * died is begun anew elsewhere, and comes out the same.
 */
@Injectable()
export class PlanRunner extends PeriodicJob {
  private readonly worker = newId();
  private running: Promise<void> | undefined;
  private thread: PlanningThread | undefined;
  private computing: string | undefined;
  private stopping = false;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly plans: PlanRepository,
    private readonly inputs: PlanInputService,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    super(logger, { what: 'planning meetings', pauseMs: lookMs, firstRunAfterMs: lookMs });
  }

  /** A plan waits: it need not wait for the next look. */
  wake(): void {
    this.run().catch((error: unknown) => this.logger.error({ err: error }, 'planning meetings failed'));
  }

  /** Ends the computation of a plan, if it is this process's. */
  async stopPlan(id: string): Promise<void> {
    if (this.computing === id) await this.thread?.stop();
  }

  override async onApplicationShutdown(): Promise<void> {
    this.stopping = true;
    await this.thread?.stop();
    await super.onApplicationShutdown();
    await this.running?.catch(() => undefined);
  }

  protected run(): Promise<void> {
    this.running ??= this.computeAll().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  private async computeAll(): Promise<void> {
    const waitMs = await this.unitOfWork.transaction((manager) => this.plans.oldestWaitMs(manager));
    oldestPlanSeconds.set(waitMs / 1_000);
    while (!this.stopping) {
      const taken = await this.unitOfWork.transaction((manager) => this.plans.take(manager, this.lease));
      if (taken === null) return;
      const { plan, attempts } = taken;
      this.computing = plan.id;
      try {
        if (attempts > maxAttempts) await this.fail(plan);
        else await this.compute(plan);
      } finally {
        this.computing = undefined;
        this.thread = undefined;
      }
    }
  }

  private async compute(plan: PlanRecord): Promise<void> {
    const begunAt = performance.now();
    const count = (outcome: Parameters<typeof countPlan>[0]) =>
      countPlan(outcome, performance.now() - begunAt);
    const { basis, slots, thread, progress } = await this.begin(plan);
    const renewing = setInterval(() => void this.renew(plan.id, thread, progress()), renewMs);
    try {
      const made = await thread.plan;
      if (made === null) {
        count('stopped');
        return await this.giveBack(plan);
      }
      const outcome = { basis, progress: progress(), result: resultOf(made, slots) };
      await this.unitOfWork.transaction((manager) =>
        this.plans.finish(manager, plan.id, this.worker, outcome),
      );
      count('ready');
    } catch (error) {
      this.logger.error({ err: error, planId: plan.id }, 'a plan failed');
      count('failed');
      await this.fail(plan);
    } finally {
      clearInterval(renewing);
      await thread.stop();
    }
  }

  /** What changes while the input is read makes the plan stale at once, since the basis was read before. */
  private async begin(plan: PlanRecord) {
    const basis = await this.unitOfWork.transaction((manager) => this.plans.basisOf(manager, plan.stopId));
    const input = await this.inputs.load(plan);
    let last = plan.progress;
    const { seed, steps, seconds } = plan;
    const order = { problem: problemOf(input), effort: { seed, steps, seconds } };
    const thread = new PlanningThread(order, (progress) => {
      last = progress;
    });
    this.thread = thread;
    if (this.stopping) await thread.stop();
    return { basis, slots: input.slots, thread, progress: () => last };
  }

  /** A plan that was cancelled, or taken over, is not computed any further. */
  private async renew(id: string, thread: PlanningThread, progress: PlanRecord['progress']): Promise<void> {
    try {
      const isOurs = await this.unitOfWork.transaction((manager) =>
        this.plans.renew(manager, id, this.lease, progress),
      );
      if (!isOurs) await thread.stop();
    } catch (error) {
      this.logger.warn({ err: error, planId: id }, 'storing the progress of a plan failed');
    }
  }

  private async giveBack(plan: PlanRecord): Promise<void> {
    await this.unitOfWork.transaction((manager) => this.plans.release(manager, plan.id, this.worker));
  }

  private async fail(plan: PlanRecord): Promise<void> {
    await this.unitOfWork.transaction((manager) => this.plans.finish(manager, plan.id, this.worker, null));
  }

  private get lease() {
    return { worker: this.worker, ms: leaseMs };
  }
}

/** The plan with instants in place of slots. */
function resultOf(plan: MeetingPlan, slots: readonly Slot[]): PlanResult {
  return {
    value: plan.value,
    bound: plan.bound,
    endedBy: plan.endedBy,
    items: plan.items.map(({ meetingId, slot, table, weight }) => ({
      meetingId,
      startsAt: slots[slot]?.startsAt ?? '',
      tableNo: table,
      weight,
    })),
    unplaced: plan.unplaced.map(({ meetingId, weight, reasons }) => ({
      meetingId,
      weight,
      reasons: [...reasons],
    })),
    penalties: plan.penalties.map((penalty) => ({ ...penalty })),
  };
}
