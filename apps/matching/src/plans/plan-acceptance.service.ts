import { Injectable } from '@nestjs/common';
import { Problem, invalidField, type MeetingPlan } from '#contracts';
import type { CallContext } from '#messaging';
import { Database, UnitOfWork, refuseStaleVersion, type TransactionContext } from '#persistence';
import { ComersService } from '../meetings/comers.service.js';
import type { Comers } from '../meetings/comers.js';
import { nowhere, type MeetingRecord } from '../meetings/meeting.js';
import { MeetingJournal } from '../meetings/meeting-journal.service.js';
import { MeetingRepository, brokenMeetingRule } from '../meetings/meeting.repository.js';
import { MeetingRulesRepository } from '../meeting-rules/meeting-rules.repository.js';
import { StopProjectionService } from '../stops/stop-projection.service.js';
import { BulkPlaceRepository } from './bulk-place.repository.js';
import { companiesOf, PlanInputService } from './plan-input.service.js';
import { PlanJournal } from './plan-journal.service.js';
import { PlanRepository } from './plan.repository.js';
import { PlanService } from './plan.service.js';
import { findConflicts, placementsOf, type Placement, type PlacementConflict } from './placement.js';
import { chosenItems, moved, shown, type PlanRecord } from './plan.js';

/** After a constraint refused a place, the next try sees the meeting that took it and names it. */
const maxTries = 4;

/** Writes a plan: all its places in one transaction, or none. */
@Injectable()
export class PlanAcceptance {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: Database,
    private readonly plans: PlanRepository,
    private readonly planService: PlanService,
    private readonly stops: StopProjectionService,
    private readonly inputs: PlanInputService,
    private readonly rules: MeetingRulesRepository,
    private readonly meetings: MeetingRepository,
    private readonly places: BulkPlaceRepository,
    private readonly comers: ComersService,
    private readonly meetingJournal: MeetingJournal,
    private readonly journal: PlanJournal,
  ) {}

  async accept(
    call: CallContext,
    id: string,
    meetingIds: readonly string[] | undefined,
  ): Promise<MeetingPlan> {
    const plan = await this.planService.findVisible(call.caller, id);
    const stop = await this.stops.get(plan.stopId);
    if (Date.parse(stop.endsAt) <= Date.now()) throw new Problem('plan.stale', 'The stop has ended.');
    for (let tries = 1; ; tries += 1) {
      const wanting = await this.inputs.findWanting(this.database, stop);
      const comers = await this.comers.find(plan.stopId, companiesOf(wanting));
      try {
        return await this.unitOfWork.run(
          call,
          (tx) => this.acceptIn(tx, call, { id, stopId: plan.stopId, meetingIds, comers }),
          (one) => one.id,
        );
      } catch (error) {
        if (brokenMeetingRule(error) === undefined) throw error;
        if (tries >= maxTries) throw conflict([]);
      }
    }
  }

  private async acceptIn(
    tx: TransactionContext,
    call: CallContext,
    what: {
      id: string;
      stopId: string;
      meetingIds: readonly string[] | undefined;
      comers: ReadonlyMap<string, Comers>;
    },
  ): Promise<MeetingPlan> {
    const { id, stopId, meetingIds, comers } = what;
    // In the order in which all who give places lock: the rules, then the meetings.
    const rules = await this.rules.lock(tx.manager, stopId);
    const stored = await this.plans.lock(tx.manager, id);
    refuseStaleVersion(call, stored.version);
    const live = await this.meetings.lockAll(tx.manager, stopId, ['accepted', 'scheduled']);
    const after = moved(stored, 'accept', await this.plans.basisOf(tx.manager, stopId));
    const items = chosenItems(stored, meetingIds);
    if (items === null) throw invalidField('/items', 'names a meeting that is no item of the plan');
    const slots = rules?.slotList ?? [];
    const booked = await this.places.findBooked(tx.manager, stopId);
    const byId = new Map(live.map((meeting) => [meeting.id, meeting]));
    const { placements, conflicts } = placementsOf(items, byId, { slots, comers }, booked);
    const leaving = meetingIds === undefined ? leavingOf(stored, byId) : [];
    const going = new Set([...leaving, ...placements.map(({ meeting }) => meeting)]);
    const staying = live.filter((meeting) => meeting.status === 'scheduled' && !going.has(meeting));
    const over = await this.meetings.findOfStop(tx.manager, stopId, ['held', 'missed']);
    const times = await this.places.findTimes(
      tx.manager,
      placements.flatMap(({ persons }) => persons),
      [...going].map((meeting) => meeting.id),
    );
    const occupied = { slots, tables: rules?.tables ?? 0, meetings: [...staying, ...over], times, comers };
    const all = [...conflicts, ...findConflicts(placements, occupied)];
    if (all.length > 0) throw conflict(all);
    await this.write(tx, placements, leaving, comers);
    await this.plans.saveStatus(tx.manager, after);
    this.journal.record(tx, 'accept', stored, after);
    return shown(after, '');
  }

  private async write(
    tx: TransactionContext,
    placements: readonly Placement[],
    leaving: readonly MeetingRecord[],
    comers: ReadonlyMap<string, Comers>,
  ): Promise<void> {
    const moving = placements.map(({ meeting }) => meeting).filter(({ status }) => status === 'scheduled');
    await this.places.vacate(tx.manager, [...moving, ...leaving]);
    const left = leaving.map((meeting) => ({ ...meeting, ...nowhere, status: 'accepted' as const, reason }));
    await this.places.saveReasons(tx.manager, left);
    await this.places.place(tx.manager, placements, wishesOf(comers));
    leaving.forEach((before, at) => {
      this.meetingJournal.record(tx, 'unschedule', before, {
        ...before,
        ...left[at],
        version: before.version + 1,
      });
    });
    for (const { meeting, slot, tableNo } of placements)
      this.meetingJournal.record(tx, 'schedule', meeting, {
        ...meeting,
        ...slot,
        tableNo,
        status: 'scheduled',
        reason: null,
        version: meeting.version + 1,
      });
  }
}

const reason = 'The new plan of the organizer has no place for it.';

/** Scheduled meetings that the plan left without a place. */
function leavingOf({ result }: PlanRecord, meetings: ReadonlyMap<string, MeetingRecord>): MeetingRecord[] {
  return (result?.unplaced ?? []).flatMap(({ meetingId }) => {
    const meeting = meetings.get(meetingId);
    return meeting?.status === 'scheduled' ? [meeting] : [];
  });
}

function wishesOf(comers: ReadonlyMap<string, Comers>): Map<string, number> {
  return new Map(
    [...comers].flatMap(([id, { maxMeetings }]) => (maxMeetings === null ? [] : [[id, maxMeetings]])),
  );
}

function conflict(conflicts: readonly PlacementConflict[]): Problem {
  const what =
    conflicts.length === 0
      ? 'Somebody else took a place at the same moment.'
      : 'See conflicts. Nothing was changed.';
  return new Problem('plan.conflict', what, { conflicts: [...conflicts] });
}
