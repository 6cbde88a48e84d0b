import { Injectable } from '@nestjs/common';
import {
  Problem,
  formatInstant,
  invalidField,
  callingCompany,
  refuseHiddenStop,
  type InputOf,
  type Meeting,
  type StopState,
  type requestMeeting,
} from '#contracts';
import type { CallContext } from '#messaging';
import { Database, UnitOfWork, newId } from '#persistence';
import { DelegationProjectionService } from '../delegations/delegation-projection.service.js';
import { InterestRepository } from '../interests/interest.repository.js';
import { ListingRepository } from '../listings/listing.repository.js';
import { settled as settledListing } from '../listings/listing.js';
import { holdsPersonalData } from '../listings/personal-data.js';
import { MeetingRulesRepository, type StoredRules } from '../meeting-rules/meeting-rules.repository.js';
import { StopProjectionService } from '../stops/stop-projection.service.js';
import { expiryOf, nowhere, settled, type MeetingRecord } from './meeting.js';
import { MeetingChanges } from './meeting-changes.service.js';
import { MeetingJournal } from './meeting-journal.service.js';
import { MeetingRepository, brokenMeetingRule } from './meeting.repository.js';
import { MeetingViewService } from './meeting-view.service.js';
import { PlaceRepository } from './place.repository.js';

type Body = InputOf<typeof requestMeeting>['body'];

/** Asks a company for a meeting. */
@Injectable()
export class MeetingRequestService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: Database,
    private readonly meetings: MeetingRepository,
    private readonly places: PlaceRepository,
    private readonly changes: MeetingChanges,
    private readonly journal: MeetingJournal,
    private readonly view: MeetingViewService,
    private readonly rules: MeetingRulesRepository,
    private readonly interests: InterestRepository,
    private readonly listings: ListingRepository,
    private readonly stops: StopProjectionService,
    private readonly delegations: DelegationProjectionService,
  ) {}

  async request(call: CallContext, stopId: string, body: Body): Promise<Meeting> {
    const askerId = callingCompany(call.caller);
    const stop = await this.stops.get(stopId);
    refuseHiddenStop(call.caller, stop);
    await this.delegations.refuseNotAttending(askerId, stopId);
    if (askerId === body.companyId) throw invalidField('/companyId', 'is your own company');
    if (body.message && holdsPersonalData(body.message)) throw contactsIn('/message');
    const rules = await this.openRules(stop, body.companyId);
    if (body.listingId) await this.refuseOtherListing(body.listingId, [askerId, body.companyId]);
    const [own, theirs] = await this.interests.findBetween(this.database, stop.tourId, [
      askerId,
      body.companyId,
    ]);
    if (own === 'no' || (await this.meetings.wasDeclined(this.database, stopId, askerId, body.companyId)))
      throw new Problem('meeting.unwanted', 'One of the two companies does not want to meet.');
    const mutual = own === 'must' && theirs === 'must';
    const meeting = this.make(stop, askerId, body, rules, {
      status: mutual ? 'accepted' : 'requested',
      concealed: theirs === 'no',
    });
    return this.insert(call, meeting, rules);
  }

  private make(
    stop: StopState,
    askerId: string,
    body: Body,
    rules: StoredRules,
    more: Pick<MeetingRecord, 'status' | 'concealed'>,
  ): MeetingRecord {
    const now = new Date();
    return {
      id: newId(),
      stopId: stop.id,
      tourId: stop.tourId,
      organizationId: stop.organizationId,
      askerId,
      askedId: body.companyId,
      listingId: body.listingId ?? null,
      message: body.message || null,
      reason: null,
      missed: null,
      ...nowhere,
      askerDelegateId: null,
      askedDelegateId: null,
      askerCame: false,
      askedCame: false,
      expiresAt: expiryOf(now, rules.expiresHours, stop.endsAt),
      createdAt: formatInstant(now),
      version: 1,
      ...more,
    };
  }

  private async insert(call: CallContext, meeting: MeetingRecord, rules: StoredRules): Promise<Meeting> {
    const [shown] = await this.view.plain(call.caller, [meeting]);
    if (shown === undefined) throw new Error('One meeting is shown.');
    try {
      return await this.unitOfWork.run(
        call,
        async (tx) => {
          const now = new Date();
          // Requests that the clock has ended give back their place in the quota, and the pair.
          for (const over of await this.meetings.lockEndedBefore(tx.manager, meeting, now))
            await this.changes.save(tx, 'expire', over, settled(over, meeting.expiresAt, now));
          await this.meetings.insert(tx.manager, meeting);
          if (meeting.status === 'requested')
            await this.places.countRequest(tx.manager, meeting.stopId, meeting.askerId, rules.requestQuota);
          this.journal.record(tx, 'request', null, meeting);
          return shown;
        },
        ({ id }) => id,
      );
    } catch (error) {
      const rule = brokenMeetingRule(error);
      if (rule === 'duplicate')
        throw new Problem(
          'meeting.duplicate',
          'The two of you have a request or a meeting at this stop already.',
        );
      if (rule === 'quota')
        throw new Problem(
          'meeting.quota_reached',
          `At most ${rules.requestQuota} of your requests can be open.`,
        );
      throw error;
    }
  }

  private async openRules(stop: StopState, askedId: string): Promise<StoredRules> {
    const rules = await this.rules.find(this.database, stop.id);
    const now = Date.now();
    const isOpen = rules !== null && Date.parse(rules.opensAt) <= now && now < Date.parse(rules.closesAt);
    if (rules === null || !isOpen || stop.status !== 'published')
      throw new Problem('meeting.closed', 'Meetings can’t be requested at this stop at this time.');
    if (!(await this.delegations.isAttending(askedId, stop.id)))
      throw new Problem('meeting.closed', 'That company does not attend this stop.');
    return rules;
  }

  private async refuseOtherListing(id: string, companies: readonly string[]): Promise<void> {
    const listing = await this.listings.find(this.database, id);
    const isPublished = listing !== null && settledListing(listing, new Date()).state === 'published';
    if (!isPublished || !companies.includes(listing.companyId))
      throw invalidField('/listingId', 'is no published listing of either company');
  }
}

function contactsIn(pointer: string): Problem {
  const message =
    'holds an e-mail address or a mobile number; contacts are exchanged once both sides agree to meet';
  return new Problem('listing.personal_data', `The text ${message}.`, { errors: [{ pointer, message }] });
}
