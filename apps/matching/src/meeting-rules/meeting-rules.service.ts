import { Injectable } from '@nestjs/common';
import {
  Problem,
  invalidField,
  notFound,
  callingCompany,
  isOrganizerOf,
  refuseHiddenStop,
  refuseOthersThanOrganizer,
  type Caller,
  type InputOf,
  type MeetingAttendance,
  type MeetingRules,
  type OutputOf,
  type StopState,
  type getMeetingAttendance,
  type setMeetingAttendance,
  type setMeetingRules,
} from '#contracts';
import type { CallContext } from '#messaging';
import { Database, UnitOfWork, cutPage, decodeIdCursor, refuseStaleVersion } from '#persistence';
import { DelegationProjectionService } from '../delegations/delegation-projection.service.js';
import { refuseEndedStop } from '../stops/stop-access.js';
import { StopProjectionRepository } from '../stops/stop-projection.repository.js';
import { StopProjectionService } from '../stops/stop-projection.service.js';
import { MeetingRulesRepository, isInUse, type StoredRules } from './meeting-rules.repository.js';
import { slotsOf } from './slots.js';

type Given = InputOf<typeof setMeetingRules>['body'];

@Injectable()
export class MeetingRulesService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: Database,
    private readonly rules: MeetingRulesRepository,
    private readonly stops: StopProjectionService,
    private readonly stopRows: StopProjectionRepository,
    private readonly delegations: DelegationProjectionService,
  ) {}

  async set(call: CallContext, stopId: string, given: Given): Promise<MeetingRules> {
    const { organizationId } = await this.stops.get(stopId);
    refuseOthersThanOrganizer(call.caller, { organizationId }, 'stop');
    try {
      return await this.unitOfWork.run(call, async (tx) => {
        const { state: stop } = await this.stopRows.lock(tx.manager, stopId, 'SHARE');
        refuseEndedStop(stop, new Date());
        const before = await this.rules.lock(tx.manager, stopId);
        if (before !== null) refuseStaleVersion(call, before.version);
        const rules = { stopId, ...given, ...checked(given, stop), version: (before?.version ?? 0) + 1 };
        await this.rules.save(tx.manager, rules);
        if (await this.rules.hasOtherLengths(tx.manager, stopId)) throw slotsInUse();
        tx.audit({
          resourceType: 'stop',
          resourceId: stopId,
          action: 'stop.set_meeting_rules',
          organizationId,
          before: before && shown(before),
          after: shown(rules),
        });
        return shown(rules);
      });
    } catch (error) {
      throw isInUse(error) ? slotsInUse() : error;
    }
  }

  async get(caller: Caller, stopId: string): Promise<MeetingRules> {
    refuseHiddenStop(caller, await this.stops.get(stopId));
    const rules = await this.rules.find(this.database, stopId);
    if (rules === null) throw notFound('meeting rules');
    return shown(rules);
  }

  async setAttendance(
    call: CallContext,
    stopId: string,
    { delegateIds, unavailable, maxMeetings }: InputOf<typeof setMeetingAttendance>['body'],
  ): Promise<MeetingAttendance> {
    const companyId = callingCompany(call.caller);
    const { organizationId } = await this.visibleStop(call.caller, stopId);
    await this.delegations.refuseNotAttending(companyId, stopId);
    const known = await this.delegations.fetch({ stopId, companyIds: [companyId] });
    const own = new Set(known.flatMap(({ delegates }) => delegates.map(({ id }) => id)));
    const stranger = delegateIds.findIndex((id) => !own.has(id));
    if (stranger >= 0) throw invalidField(`/delegateIds/${stranger}`, 'is no delegate of yours at this stop');
    const attendance = { companyId, delegateIds, unavailable, maxMeetings: maxMeetings ?? null };
    return this.unitOfWork.run(call, async (tx) => {
      const { state: stop } = await this.stopRows.lock(tx.manager, stopId, 'SHARE');
      refuseEndedStop(stop, new Date());
      await this.rules.saveAttendance(tx.manager, stopId, attendance);
      tx.audit({
        resourceType: 'meeting',
        resourceId: companyId,
        action: 'meeting.set_attendance',
        organizationId,
        before: null,
        after: { stopId, ...attendance },
      });
      return attendance;
    });
  }

  async getAttendance(
    caller: Caller,
    { stopId, limit, cursor }: InputOf<typeof getMeetingAttendance>,
  ): Promise<OutputOf<typeof getMeetingAttendance>> {
    const stop = await this.visibleStop(caller, stopId);
    if (caller.role === 'organizer' && !isOrganizerOf(caller, stop)) throw notFound('stop');
    if (!isOrganizerOf(caller, stop)) return this.ownAttendance(callingCompany(caller), stopId);
    const after = decodeIdCursor(cursor);
    const rows = await this.rules.findAttendances(this.database, stopId, { after, take: limit + 1 });
    return cutPage(rows, limit, ({ companyId }) => [companyId]);
  }

  private async ownAttendance(companyId: string, stopId: string): Promise<MeetingAttendance> {
    await this.delegations.refuseNotAttending(companyId, stopId);
    const [said] = await this.rules.findAttendances(this.database, stopId, { companyIds: [companyId] });
    if (said !== undefined) return said;
    const delegations = await this.delegations.fetch({ stopId, companyIds: [companyId] });
    const delegateIds = delegations.flatMap(({ delegates }) => delegates.map(({ id }) => id));
    return { companyId, delegateIds, unavailable: [], maxMeetings: null };
  }

  private async visibleStop(caller: Caller, stopId: string): Promise<StopState> {
    const stop = await this.stops.get(stopId);
    refuseHiddenStop(caller, stop);
    return stop;
  }
}

function checked(given: Given, stop: StopState): Pick<StoredRules, 'slotList'> {
  const [opensAt, closesAt] = [Date.parse(given.opensAt), Date.parse(given.closesAt)];
  if (opensAt >= closesAt) throw invalidField('/closesAt', 'must lie behind "opensAt"');
  if (closesAt > Date.parse(stop.endsAt))
    throw invalidField('/closesAt', 'must not lie behind the end of the stop');
  return { slotList: slotsOf(given.slots, stop) };
}

function slotsInUse(): Problem {
  return new Problem('meeting.slots_in_use', 'A meeting is scheduled in a slot or at a table that would go.');
}

function shown({ slotList, version, ...rules }: StoredRules): MeetingRules {
  return { ...rules, starts: slotList.map(({ startsAt }) => startsAt), version };
}
