import { Injectable } from '@nestjs/common';
import type { LiveDelegation, MeetingPeople } from '#contracts';
import { Database } from '#persistence';
import { DelegationProjectionService } from '../delegations/delegation-projection.service.js';
import type { MeetingRecord } from './meeting.js';
import { findMeetings } from './meeting.repository.js';
import { PlaceRepository } from './place.repository.js';

/** Knows who comes to which meeting, for those who write to these people. */
@Injectable()
export class MeetingPeopleService {
  constructor(
    private readonly database: Database,
    private readonly places: PlaceRepository,
    private readonly delegations: DelegationProjectionService,
  ) {}

  async find(ids: readonly string[]): Promise<MeetingPeople[]> {
    const found = await findMeetings(this.database, ids);
    const booked = await this.places.findBooked(this.database, ids);
    const placed = found.filter(({ startsAt }) => startsAt !== null);
    const delegations = await this.delegationsOf(placed);
    return found.map((meeting) => peopleOf(meeting, booked.get(meeting.id) ?? [], delegations));
  }

  private async delegationsOf(meetings: readonly MeetingRecord[]): Promise<readonly LiveDelegation[]> {
    const byStop = Map.groupBy(meetings, ({ stopId }) => stopId);
    const answers = await Promise.all(
      [...byStop].map(([stopId, own]) => {
        const companyIds = new Set(own.flatMap(({ askerId, askedId }) => [askerId, askedId]));
        return this.delegations.fetch({ stopId, companyIds: [...companyIds] });
      }),
    );
    return answers.flat();
  }
}

function peopleOf(
  meeting: MeetingRecord,
  booked: readonly string[],
  delegations: readonly LiveDelegation[],
): MeetingPeople {
  const { id: meetingId, stopId, status, reason, startsAt, endsAt, tableNo } = meeting;
  const partyOf = (companyId: string) => {
    const own = delegations.filter((one) => one.stopId === stopId && one.companyId === companyId);
    const coming = own
      .flatMap(({ registrationId, delegates }) => delegates.map(({ id }) => ({ id, registrationId })))
      .find(({ id }) => booked.includes(id));
    return { companyId, delegateId: coming?.id ?? null, registrationId: coming?.registrationId ?? null };
  };
  const sides = { asker: partyOf(meeting.askerId), asked: partyOf(meeting.askedId) };
  return { meetingId, stopId, status, reason, startsAt, endsAt, tableNo, ...sides };
}
