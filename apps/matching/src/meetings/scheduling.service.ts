import { Injectable } from '@nestjs/common';
import { Problem, type Meeting } from '#contracts';
import type { CallContext } from '#messaging';
import { UnitOfWork, refuseStaleVersion, type TransactionContext } from '#persistence';
import { MeetingRulesRepository, type StoredRules } from '../meeting-rules/meeting-rules.repository.js';
import type { Slot } from '../meeting-rules/slots.js';
import { isTaken, personOf, type Comers } from './comers.js';
import { ComersService } from './comers.service.js';
import { movedTo, nowhere, refuseHistory, settled, type MeetingRecord } from './meeting.js';
import { MeetingChanges, hasMoved } from './meeting-changes.service.js';
import { MeetingQueryService } from './meeting-query.service.js';
import { MeetingRepository, brokenMeetingRule } from './meeting.repository.js';
import { actorIn } from './meeting.service.js';
import { MeetingViewService } from './meeting-view.service.js';
import { PlaceRepository } from './place.repository.js';

/** Gives single meetings their places by hand, and takes them away. */
@Injectable()
export class SchedulingService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly meetings: MeetingRepository,
    private readonly places: PlaceRepository,
    private readonly changes: MeetingChanges,
    private readonly queries: MeetingQueryService,
    private readonly view: MeetingViewService,
    private readonly comers: ComersService,
    private readonly rules: MeetingRulesRepository,
  ) {}

  async schedule(
    call: CallContext,
    id: string,
    to: { startsAt: string; tableNo?: number | null | undefined },
  ): Promise<Meeting> {
    const { meeting, stop } = await this.queries.findVisible(call.caller, id);
    const comers = await this.comers.find(meeting.stopId, [meeting.askerId, meeting.askedId]);
    try {
      const changed = await this.unitOfWork.run(
        call,
        async (tx) => {
          const rules = await this.lockRules(tx, meeting.stopId, call);
          const stored = await this.meetings.lock(tx.manager, id);
          refuseStaleVersion(call, stored.version);
          const now = new Date();
          const current = settled(stored, stop.endsAt, now);
          const status = movedTo(current.status, 'schedule', actorIn(current, call));
          refuseHistory(stop, now);
          const slot = slotAt(rules, to.startsAt);
          const tableNo = await this.tableFor(tx, rules, current, slot, to.tableNo ?? null);
          const placed = { ...current, ...slot, tableNo, status, reason: null };
          refuseTaken(placed, slot, comers);
          return this.place(tx, stored, placed, comers);
        },
        (one) => one.id,
      );
      return await this.shown(call, changed);
    } catch (error) {
      throw problemOf(error) ?? error;
    }
  }

  async unschedule(call: CallContext, id: string, reason: string | null | undefined): Promise<Meeting> {
    const { meeting, stop } = await this.queries.findVisible(call.caller, id);
    const changed = await this.unitOfWork.run(
      call,
      async (tx) => {
        await this.lockRules(tx, meeting.stopId, call);
        const stored = await this.meetings.lock(tx.manager, id);
        refuseStaleVersion(call, stored.version);
        const status = movedTo(stored.status, 'unschedule', actorIn(stored, call));
        refuseHistory(stop, new Date());
        return this.changes.save(tx, 'unschedule', stored, {
          ...stored,
          ...nowhere,
          status,
          reason: reason || null,
        });
      },
      (one) => one.id,
    );
    return this.shown(call, changed);
  }

  /** Saves a meeting in its new place and books its people. Constraints may refuse it (`problemOf`). */
  async place(
    tx: TransactionContext,
    stored: MeetingRecord,
    placed: MeetingRecord,
    comers: ReadonlyMap<string, Comers>,
    action = 'schedule',
  ): Promise<MeetingRecord> {
    if (stored.status === 'scheduled' && !hasMoved(stored, placed)) return stored;
    const saved = await this.changes.save(tx, action, stored, placed);
    const sides = [
      [saved.askerId, saved.askerDelegateId],
      [saved.askedId, saved.askedDelegateId],
    ] as const;
    await this.places.book(tx.manager, {
      meeting: saved,
      persons: sides.flatMap(([companyId, named]) => personOf(comers.get(companyId), named) ?? []),
      wishes: new Map(sides.flatMap(([companyId]) => wishOf(companyId, comers.get(companyId)))),
    });
    return saved;
  }

  private async lockRules(tx: TransactionContext, stopId: string, call: CallContext): Promise<StoredRules> {
    const rules = await this.rules.lock(tx.manager, stopId);
    if (rules === null) throw outsideSlots('This stop has no slots.');
    if (call.caller.role === 'company' && rules.scheduling !== 'participants')
      throw new Problem('auth.forbidden', 'The organizer of this stop schedules the meetings.');
    return rules;
  }

  private async tableFor(
    tx: TransactionContext,
    rules: StoredRules,
    meeting: MeetingRecord,
    slot: Slot,
    wanted: number | null,
  ): Promise<number> {
    if (wanted !== null && wanted > rules.tables) throw outsideSlots(`There are ${rules.tables} tables.`);
    const taken = await this.places.findTakenTables(tx.manager, meeting.stopId, {
      ...slot,
      except: [meeting.id],
    });
    const free = Array.from({ length: rules.tables }, (_, at) => at + 1).find(
      (table) => !taken.includes(table),
    );
    if (wanted === null && free === undefined) throw tableConflict();
    return wanted ?? free ?? 1;
  }

  private async shown(call: CallContext, meeting: MeetingRecord): Promise<Meeting> {
    const [shown] = await this.view.plain(call.caller, [meeting]);
    if (shown === undefined) throw new Error('One meeting is shown.');
    return shown;
  }
}

function slotAt(rules: StoredRules, startsAt: string): Slot {
  const slot = rules.slotList.find((one) => Date.parse(one.startsAt) === Date.parse(startsAt));
  if (slot === undefined) throw outsideSlots('No slot of this stop begins then.');
  return slot;
}

function refuseTaken(meeting: MeetingRecord, slot: Slot, comers: ReadonlyMap<string, Comers>): void {
  const sides = [
    [meeting.askerId, meeting.askerDelegateId],
    [meeting.askedId, meeting.askedDelegateId],
  ] as const;
  for (const [companyId, named] of sides) {
    const own = comers.get(companyId);
    if (own !== undefined && isTaken(own, personOf(own, named), slot)) throw personConflict();
  }
}

function wishOf(companyId: string, comers: Comers | undefined): [string, number][] {
  const wish = comers?.maxMeetings ?? null;
  return wish === null ? [] : [[companyId, wish]];
}

const outsideSlots = (detail: string) => new Problem('meeting.outside_slots', detail);
const tableConflict = () =>
  new Problem('meeting.table_conflict', 'All tables are taken at this time, or this one is.');
const personConflict = () =>
  new Problem(
    'meeting.person_conflict',
    'Somebody has a meeting or a session then, or a company is not available.',
  );

/** What a broken constraint means for the caller; null for any other error. */
export function problemOf(error: unknown): Problem | null {
  switch (brokenMeetingRule(error)) {
    case 'table':
      return tableConflict();
    case 'person':
      return personConflict();
    case 'wish':
      return new Problem('meeting.limit_reached', 'A company has as many meetings as it wants.');
    case 'slot':
      return outsideSlots('The slot or table is no longer there.');
    default:
      return null;
  }
}
