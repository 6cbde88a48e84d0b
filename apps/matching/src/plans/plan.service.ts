import { Injectable } from '@nestjs/common';
import {
  Problem,
  defaultPlanSteps,
  formatInstant,
  invalidField,
  notFound,
  isOrganizerOf,
  refuseOthersThanOrganizer,
  type InputOf,
  type MeetingPlan,
  type OutputOf,
  type StopState,
  type listMeetingPlans,
  type startMeetingPlan,
  type Caller,
} from '#contracts';
import type { CallContext } from '#messaging';
import { Database, UnitOfWork, cutPage, decodeIdCursor, newId, refuseStaleVersion } from '#persistence';
import { MeetingRulesRepository } from '../meeting-rules/meeting-rules.repository.js';
import type { MeetingRecord } from '../meetings/meeting.js';
import { StopProjectionService } from '../stops/stop-projection.service.js';
import { PlanInputService } from './plan-input.service.js';
import { PlanJournal } from './plan-journal.service.js';
import { PlanRepository, isRunning } from './plan.repository.js';
import { PlanRunner } from './plan-runner.service.js';
import { moved, shown, type PlanRecord } from './plan.js';

/** Begins plans, shows them, and puts them aside. */
@Injectable()
export class PlanService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: Database,
    private readonly plans: PlanRepository,
    private readonly stops: StopProjectionService,
    private readonly rules: MeetingRulesRepository,
    private readonly inputs: PlanInputService,
    private readonly runner: PlanRunner,
    private readonly journal: PlanJournal,
  ) {}

  async start(call: CallContext, { stopId, body }: InputOf<typeof startMeetingPlan>): Promise<MeetingPlan> {
    const stop = await this.stops.get(stopId);
    const { organizationId } = stop;
    refuseOthersThanOrganizer(call.caller, stop, 'stop');
    const { seed, seconds, locked, steps = defaultPlanSteps } = body;
    const plan: PlanRecord = {
      id: newId(),
      stopId,
      organizationId,
      status: 'computing',
      seed,
      steps,
      seconds,
      locked,
      basis: null,
      progress: { steps: 0, value: 0, bound: null },
      result: null,
      createdAt: formatInstant(new Date()),
      version: 1,
    };
    const started = await this.insert(call, plan, stop);
    this.runner.wake();
    return started;
  }

  async get(caller: Caller, id: string): Promise<MeetingPlan> {
    const plan = await this.findVisible(caller, id);
    return shown(plan, await this.plans.basisOf(this.database, plan.stopId));
  }

  async list(
    caller: Caller,
    { stopId, limit, cursor }: InputOf<typeof listMeetingPlans>,
  ): Promise<OutputOf<typeof listMeetingPlans>> {
    const after = decodeIdCursor(cursor);
    refuseOthersThanOrganizer(caller, await this.stops.get(stopId), 'stop');
    const rows = await this.plans.list(this.database, stopId, { after, take: limit + 1 });
    const { items, nextCursor } = cutPage(rows, limit, ({ id }) => [id]);
    const basis = await this.plans.basisOf(this.database, stopId);
    return { items: items.map((plan) => shown(plan, basis)), nextCursor };
  }

  async end(call: CallContext, id: string, move: 'reject' | 'cancel'): Promise<MeetingPlan> {
    await this.findVisible(call.caller, id);
    const ended = await this.unitOfWork.run(
      call,
      async (tx) => {
        const stored = await this.plans.lock(tx.manager, id);
        refuseStaleVersion(call, stored.version);
        const basis = await this.plans.basisOf(tx.manager, stored.stopId);
        const after = moved(stored, move, basis);
        await this.plans.saveStatus(tx.manager, after);
        this.journal.record(tx, move, stored, after);
        return shown(after, basis);
      },
      (one) => one.id,
    );
    if (move === 'cancel') await this.runner.stopPlan(id);
    return ended;
  }

  /** The plan, where the caller organizes its stop. */
  async findVisible(caller: Caller, id: string): Promise<PlanRecord> {
    const plan = await this.plans.find(this.database, id);
    if (!isOrganizerOf(caller, plan)) throw notFound('plan');
    return plan;
  }

  private async insert(call: CallContext, plan: PlanRecord, stop: StopState): Promise<MeetingPlan> {
    try {
      return await this.unitOfWork.run(
        call,
        async (tx) => {
          const meetings = await this.inputs.findWanting(tx.manager, stop);
          const rules = await this.rules.find(tx.manager, plan.stopId);
          if (rules === null || meetings.length === 0)
            throw new Problem('plan.nothing_to_place', 'No meeting of this stop is accepted or scheduled.');
          refuseUnscheduled(plan.locked, meetings);
          await this.plans.insert(tx.manager, plan);
          this.journal.record(tx, 'start', null, plan);
          return shown(plan, '');
        },
        (one) => one.id,
      );
    } catch (error) {
      throw isRunning(error)
        ? new Problem('plan.running', 'Wait for the plan of this stop that is being computed, or cancel it.')
        : error;
    }
  }
}

function refuseUnscheduled(locked: readonly string[], meetings: readonly MeetingRecord[]): void {
  const scheduled = new Set(meetings.filter(({ status }) => status === 'scheduled').map(({ id }) => id));
  const stranger = locked.findIndex((id) => !scheduled.has(id));
  if (stranger >= 0) throw invalidField(`/locked/${stranger}`, 'is no scheduled meeting of this stop');
}
