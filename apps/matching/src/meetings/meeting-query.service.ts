import { Injectable } from '@nestjs/common';
import {
  Problem,
  notFound,
  callingCompany,
  isOrganizerOf,
  refuseHiddenStop,
  type Caller,
  type InputOf,
  type Meeting,
  type OutputOf,
  type StopState,
  type getMeetingStates,
  type getMeetingTimes,
  type listMeetings,
} from '#contracts';
import type { CallContext } from '#messaging';
import { Database, UnitOfWork, cutPage, decodeIdCursor } from '#persistence';
import { DelegationProjectionService } from '../delegations/delegation-projection.service.js';
import { StopProjectionService } from '../stops/stop-projection.service.js';
import { settled, sideOf, stateOf, type Actor, type MeetingRecord } from './meeting.js';
import { MeetingRepository, findMeetings } from './meeting.repository.js';
import { PlaceRepository } from './place.repository.js';
import { MeetingViewService } from './meeting-view.service.js';

@Injectable()
export class MeetingQueryService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: Database,
    private readonly meetings: MeetingRepository,
    private readonly places: PlaceRepository,
    private readonly view: MeetingViewService,
    private readonly stops: StopProjectionService,
    private readonly delegations: DelegationProjectionService,
  ) {}

  /** Contacts of the other side are shown here alone; each such look leaves a line that says who looked. */
  async get(call: CallContext, id: string): Promise<Meeting> {
    const { meeting: stored, stop } = await this.findVisible(call.caller, id);
    const { meeting, disclosed } = await this.view.disclosed(
      call.caller,
      settled(stored, stop.endsAt, new Date()),
    );
    if (disclosed)
      await this.unitOfWork.run({ ...call }, async (tx) => {
        tx.audit({
          resourceType: 'meeting',
          resourceId: id,
          action: 'meeting.disclose',
          organizationId: stored.organizationId,
          before: null,
          after: { to: call.caller.companyId ?? null },
        });
        return Promise.resolve(null);
      });
    return meeting;
  }

  async list(caller: Caller, query: InputOf<typeof listMeetings>): Promise<OutputOf<typeof listMeetings>> {
    const after = decodeIdCursor(query.cursor);
    const stop = await this.stops.get(query.stopId);
    refuseHiddenStop(caller, stop);
    const companyId = await this.viewOf(caller, stop);
    const now = new Date();
    const rows = await this.meetings.list(
      this.database,
      { stopId: stop.id, companyId, statuses: query.status, stopEndsAt: stop.endsAt, now },
      { after, take: query.limit + 1 },
    );
    const { items, nextCursor } = cutPage(rows, query.limit, (meeting) => [meeting.id]);
    const present = items.map((meeting) => settled(meeting, stop.endsAt, now));
    return { items: await this.view.plain(caller, present), nextCursor };
  }

  /** What other services keep of meetings; unknown ones are left out. */
  async statesOf(ids: readonly string[]): Promise<OutputOf<typeof getMeetingStates>> {
    return { meetings: (await findMeetings(this.database, ids)).map(stateOf) };
  }

  /** When people have meetings, for services that are about to give them something else to do. */
  async times(delegateIds: readonly string[]): Promise<OutputOf<typeof getMeetingTimes>> {
    return { times: await this.places.findTimes(this.database, delegateIds) };
  }

  /** The meeting, where the caller may know of it: its companies, the stop's organizers and staff. */
  async findVisible(
    caller: Caller,
    id: string,
  ): Promise<{ meeting: MeetingRecord; stop: StopState; actor: Actor | 'staff' }> {
    const meeting = await this.meetings.find(this.database, id);
    if (meeting === null) throw notFound('meeting');
    const actor = actorOf(caller, meeting);
    if (actor === null) throw notFound('meeting');
    return { meeting, actor, stop: await this.stops.get(meeting.stopId) };
  }

  private async viewOf(caller: Caller, stop: StopState): Promise<string | null> {
    if (isOrganizerOf(caller, stop)) return null;
    if (caller.role === 'staff') {
      if (caller.stopId !== stop.id) throw notFound('stop');
      return null;
    }
    if (caller.role === 'organizer') throw notFound('stop');
    const companyId = callingCompany(caller);
    await this.delegations.refuseNotAttending(companyId, stop.id).catch(async (error: unknown) => {
      // Who registered once still finds what became of its meetings.
      const known = error instanceof Problem && error.code === 'meeting.not_attending';
      const own = known
        ? await this.meetings.listOfCompany(this.database, companyId, { after: null, take: 1 })
        : [];
      if (own.length === 0) throw error;
    });
    return companyId;
  }
}

function actorOf(caller: Caller, meeting: MeetingRecord): Actor | 'staff' | null {
  if (isOrganizerOf(caller, meeting)) return 'organizer';
  if (caller.role === 'staff' && caller.stopId === meeting.stopId) return 'staff';
  if (caller.role !== 'company') return null;
  const side = sideOf(meeting, caller.companyId);
  return side === 'asked' && meeting.concealed ? null : side;
}
