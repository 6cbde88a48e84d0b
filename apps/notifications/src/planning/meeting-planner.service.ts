import { Injectable } from '@nestjs/common';
import type { Transaction } from '#persistence';
import { AddressHashes } from '../addresses/address-hashes.service.js';
import { DigestRepository, type DigestItem, type MeetingDigestKind } from '../notices/digest.repository.js';
import type { MailTopic } from '../mail-topics/mail-topic.js';
import type { MeetingFacts, RegistrationPeople, StopFacts } from '../owners/owner-facts.js';
import { Owners } from '../owners/owners.service.js';
import { planMeeting, type MeetingPlan, type NotifiedMeeting } from './plan-meeting.js';
import type { CalendarUid } from '../notices/planned-notice.js';
import { TopicPlans } from './topic-plans.service.js';

interface MeetingNews {
  readonly requested?: true;
  readonly accepted?: 'asker' | 'asked';
}

interface Facts {
  readonly meetings: ReadonlyMap<string, MeetingFacts>;
  readonly people: ReadonlyMap<string, RegistrationPeople>;
  readonly stops: ReadonlyMap<string, StopFacts>;
}

/** Plans the mails about meetings: invitations to those who come, and to companies, once an hour, what waits for them. */
@Injectable()
export class MeetingPlanner {
  constructor(
    private readonly plans: TopicPlans,
    private readonly digests: DigestRepository,
    private readonly owners: Owners,
    private readonly hashes: AddressHashes,
  ) {}

  async plan(topics: readonly MailTopic[]): Promise<void> {
    const facts = await this.factsOf(topics);
    await this.plans.write(topics, {
      stops: facts.stops,
      planOf: (topic, uids) => this.planOne(topic, facts, uids),
      alsoWrite: (manager) => this.tellCompanies(manager, topics, facts),
    });
  }

  private async factsOf(topics: readonly MailTopic[]): Promise<Facts> {
    const [meetings, stops] = await Promise.all([
      this.owners.meetings(topics.map(({ id }) => id)),
      this.owners.stops(topics.flatMap(({ stopId }) => stopId ?? [])),
    ]);
    const parties = [...meetings.values()].flatMap(({ asker, asked }) => [asker, asked]);
    const people = await this.owners.people(parties.flatMap(({ registrationId }) => registrationId ?? []));
    return { meetings, stops, people };
  }

  /** Null where nobody knows the meeting, or shows its stop, any more. */
  private planOne(
    { id, stopId, notified }: MailTopic,
    { meetings, people, stops }: Facts,
    uids: readonly CalendarUid[],
  ): MeetingPlan | null {
    const meeting = meetings.get(id);
    const stop = stops.get(stopId ?? '');
    if (meeting === undefined || stop === undefined) return null;
    const hashOf = (email: string) => this.hashes.of(email);
    return planMeeting({
      meeting,
      people,
      stop,
      notified: notified as NotifiedMeeting | null,
      uids,
      hashOf,
      at: new Date(),
    });
  }

  private async tellCompanies(
    manager: Transaction,
    topics: readonly MailTopic[],
    { meetings }: Facts,
  ): Promise<void> {
    const items = topics.flatMap((topic) => {
      const meeting = meetings.get(topic.id);
      const item = meeting === undefined ? null : digestItem(topic.news as MeetingNews, meeting);
      return item === null ? [] : [{ organizationId: topic.organizationId, item }];
    });
    for (const [organizationId, own] of Map.groupBy(items, (one) => one.organizationId))
      await this.digests.add(
        manager,
        own.map(({ item }) => item),
        organizationId,
      );
  }
}

/** A request that waits for the asked company, or a yes that the other one has not heard of. */
function digestItem(
  { requested, accepted }: MeetingNews,
  { meetingId, stopId, status, asker, asked }: MeetingFacts,
): DigestItem | null {
  const itemOf = (kind: MeetingDigestKind, owner: string, partner: string): DigestItem => {
    return { ownerId: owner, kind, stopId, refId: meetingId, companyId: partner };
  };
  if (status === 'requested')
    return requested === true ? itemOf('meeting-requested', asked.companyId, asker.companyId) : null;
  if (accepted === undefined || (status !== 'accepted' && status !== 'scheduled')) return null;
  return accepted === 'asker'
    ? itemOf('meeting-accepted', asker.companyId, asked.companyId)
    : itemOf('meeting-accepted', asked.companyId, asker.companyId);
}
