import { Injectable } from '@nestjs/common';
import {
  Problem,
  hasMeetingOutcome,
  identifyBadge,
  invalidField,
  notFound,
  refuseOthersThanOrganizer,
  type InputOf,
  type Meeting,
  type recordMeetingAttendance,
} from '#contracts';
import { Rpc, type CallContext } from '#messaging';
import { Database, UnitOfWork, refuseStaleVersion, type TransactionContext } from '#persistence';
import { StopProjectionService } from '../stops/stop-projection.service.js';
import { ComersService } from './comers.service.js';
import { ConsentRepository, type Consent } from './consent.repository.js';
import {
  invalidTransition,
  liveStatuses,
  movedTo,
  recorded,
  refuseHistory,
  scannedIn,
  settled,
  sideOf,
  type Actor,
  type MeetingMove,
  type MeetingRecord,
} from './meeting.js';
import { MeetingChanges } from './meeting-changes.service.js';
import { MeetingQueryService } from './meeting-query.service.js';
import { MeetingRepository, brokenMeetingRule } from './meeting.repository.js';
import { MeetingViewService } from './meeting-view.service.js';
import { PlaceRepository } from './place.repository.js';

type ConsentGiven = { textVersion: string } | null | undefined;
type Decide = (
  meeting: MeetingRecord,
  tx: TransactionContext,
  now: Date,
) => MeetingRecord | Promise<MeetingRecord>;

/** Moves of meetings that give them no new place. */
@Injectable()
export class MeetingService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: Database,
    private readonly rpc: Rpc,
    private readonly meetings: MeetingRepository,
    private readonly places: PlaceRepository,
    private readonly consents: ConsentRepository,
    private readonly changes: MeetingChanges,
    private readonly queries: MeetingQueryService,
    private readonly view: MeetingViewService,
    private readonly comers: ComersService,
    private readonly stops: StopProjectionService,
  ) {}

  async accept(call: CallContext, id: string, delegateId: string, consent: ConsentGiven): Promise<Meeting> {
    const { meeting, actor } = await this.queries.findVisible(call.caller, id);
    movedTo('requested', 'accept', partyOf(actor));
    const given = await this.consentOf(meeting.askedId, meeting.stopId, delegateId, consent);
    return this.changeBeforeEnd(call, id, 'accept', async (current, tx, now) => {
      const status = movedTo(current.status, 'accept', 'asked');
      await this.consents.give(tx.manager, id, given, now);
      return { ...current, status, askedDelegateId: delegateId };
    });
  }

  /** Who comes for one side, with its consent. */
  async setDelegate(
    call: CallContext,
    id: string,
    delegateId: string,
    consent: ConsentGiven,
  ): Promise<Meeting> {
    const { meeting } = await this.queries.findVisible(call.caller, id);
    const side = sideOf(meeting, call.caller.companyId);
    if (side === null)
      throw new Problem('auth.forbidden', 'Only the two companies can name their delegates.');
    const companyId = side === 'asker' ? meeting.askerId : meeting.askedId;
    const given = await this.consentOf(companyId, meeting.stopId, delegateId, consent);
    try {
      return await this.changeBeforeEnd(call, id, 'set_delegate', async (current, tx, now) => {
        if (!liveStatuses.includes(current.status)) throw invalidTransition(current.status, 'delegate');
        await this.consents.give(tx.manager, id, given, now);
        if (current.status === 'scheduled') await this.sendInstead(tx, current, companyId, delegateId);
        const named = side === 'asker' ? { askerDelegateId: delegateId } : { askedDelegateId: delegateId };
        return { ...current, ...named };
      });
    } catch (error) {
      if (brokenMeetingRule(error) !== 'person') throw error;
      throw new Problem('meeting.person_conflict', 'That delegate has a meeting or a session at this time.');
    }
  }

  move(
    call: CallContext,
    id: string,
    move: Extract<MeetingMove, 'decline' | 'withdraw' | 'cancel'>,
    reason: string | null | undefined,
  ): Promise<Meeting> {
    return this.changeBeforeEnd(call, id, move, (meeting) => ({
      ...meeting,
      startsAt: null,
      endsAt: null,
      tableNo: null,
      status: movedTo(meeting.status, move, actorIn(meeting, call)),
      reason: reason || null,
    }));
  }

  async record(
    call: CallContext,
    id: string,
    said: InputOf<typeof recordMeetingAttendance>['body'],
  ): Promise<Meeting> {
    const { actor, stop, meeting: present } = await this.queries.findVisible(call.caller, id);
    if (actor !== 'staff') refuseOthersThanOrganizer(call.caller, stop, 'meeting');
    await this.refuseOutcome(present);
    return this.change(call, id, 'record_attendance', (meeting, _tx, now) =>
      recorded(meeting, said, stop.endsAt, now),
    );
  }

  /** Throws `meeting.invalid_transition` for a meeting of which a side has said what it led to. */
  private async refuseOutcome({ id, status }: MeetingRecord): Promise<void> {
    if (status !== 'held') return;
    const { stands } = await this.rpc.ask(hasMeetingOutcome, { id });
    if (stands) throw invalidTransition(status, 'attendance once an outcome stands');
  }

  /** A badge is scanned where somebody comes to a table. */
  async checkIn(call: CallContext, stopId: string, badge: string): Promise<Meeting> {
    const stop = await this.stops.get(stopId);
    if (
      call.caller.role === 'staff'
        ? call.caller.stopId !== stopId
        : call.caller.organizationId !== stop.organizationId
    )
      throw notFound('stop');
    const { delegateId, companyId } = await this.rpc.ask(identifyBadge, { stopId, badge });
    const id = await this.meetings.findOfPerson(this.database, stopId, delegateId, new Date());
    if (id === null) throw notFound('meeting of this delegate');
    return this.change(call, id, 'check_in', (meeting, _tx, now) => {
      const side = sideOf(meeting, companyId);
      if (side === null) throw notFound('meeting of this delegate');
      return scannedIn(meeting, side, now);
    });
  }

  /** A change of what is yet to come. Who came is said later as well. */
  private async changeBeforeEnd(
    call: CallContext,
    id: string,
    action: string,
    decide: Decide,
  ): Promise<Meeting> {
    const { stop } = await this.queries.findVisible(call.caller, id);
    return this.change(call, id, action, async (meeting, tx, now) => {
      const decided = await decide(meeting, tx, now);
      refuseHistory(stop, now);
      return decided;
    });
  }

  /** Lock, settle by the clock, decide, save, show. */
  private async change(call: CallContext, id: string, action: string, decide: Decide): Promise<Meeting> {
    const { stop } = await this.queries.findVisible(call.caller, id);
    const changed = await this.unitOfWork.run(
      call,
      async (tx) => {
        const now = new Date();
        const stored = await this.meetings.lock(tx.manager, id);
        refuseStaleVersion(call, stored.version);
        const decided = await decide(settled(stored, stop.endsAt, now), tx, now);
        return this.changes.save(tx, action, stored, decided);
      },
      (meeting) => meeting.id,
    );
    const [shown] = await this.view.plain(call.caller, [changed]);
    if (shown === undefined) throw new Error('One meeting is shown.');
    return shown;
  }

  private async sendInstead(
    tx: TransactionContext,
    meeting: MeetingRecord,
    companyId: string,
    delegateId: string,
  ): Promise<void> {
    const booked = await this.places.findPersons(tx.manager, meeting.id);
    const others = companyId === meeting.askerId ? meeting.askedDelegateId : meeting.askerDelegateId;
    const own = companyId === meeting.askerId ? meeting.askerDelegateId : meeting.askedDelegateId;
    const before = own !== null && booked.includes(own) ? own : (booked.find((id) => id !== others) ?? null);
    await this.places.replace(tx.manager, meeting, before, delegateId);
  }

  private async consentOf(
    companyId: string,
    stopId: string,
    delegateId: string,
    consent: ConsentGiven,
  ): Promise<Consent> {
    if (!consent)
      throw new Problem(
        'consent.required',
        'Record the delegate’s consent to be disclosed to the other company.',
      );
    const contact = (await this.comers.contactsOf([delegateId])).get(delegateId);
    if (contact?.companyId !== companyId || contact.stopId !== stopId)
      throw invalidField('/delegateId', 'is no delegate of yours at this stop');
    return { companyId, delegateId, personKey: contact.personKey, textVersion: consent.textVersion };
  }
}

function partyOf(actor: Actor | 'staff'): Actor {
  if (actor === 'staff')
    throw new Problem('auth.forbidden', 'Only the companies and the organizer can do this.');
  return actor;
}

export function actorIn(meeting: MeetingRecord, { caller }: CallContext): Actor {
  const side = sideOf(meeting, caller.companyId);
  return side ?? (caller.role === 'organizer' ? 'organizer' : partyOf('staff'));
}
