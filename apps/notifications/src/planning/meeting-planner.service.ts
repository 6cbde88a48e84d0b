import { Injectable } from '@nestjs/common';
import { UnitOfWork, type Transaction } from '#persistence';
import { AddressHashes } from '../addresses/address-hashes.service.js';
import { SettingsService } from '../notification-settings/settings.service.js';
import { CalendarUidRepository } from '../notices/calendar-uid.repository.js';
import { DigestRepository, type DigestItem, type MeetingDigestKind } from '../notices/digest.repository.js';
import type { MailTopic } from '../mail-topics/mail-topic.js';
import { MailTopicRepository } from '../mail-topics/mail-topic.repository.js';
import { NoticeWriter } from '../notices/notice-writer.service.js';
import type { MeetingFacts, RegistrationPeople, StopFacts } from '../owners/owner-facts.js';
import { Owners } from '../owners/owners.service.js';
import { planMeeting, type MeetingPlan, type NotifiedMeeting } from './plan-meeting.js';
import type { CalendarUid } from '../notices/planned-notice.js';

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
    private readonly unitOfWork: UnitOfWork,
    private readonly topics: MailTopicRepository,
    private readonly uids: CalendarUidRepository,
    private readonly digests: DigestRepository,
    private readonly writer: NoticeWriter,
    private readonly owners: Owners,
    private readonly hashes: AddressHashes,
    private readonly settings: SettingsService,
  ) {}

  async plan(topics: readonly MailTopic[]): Promise<void> {
    const ids = topics.map(({ id }) => id);
    const facts = await this.factsOf(topics);
    const settings = await this.settings.findAll(topics.map(({ organizationId }) => organizationId));
    await this.unitOfWork.transaction(async (manager) => {
      const locked = await this.topics.lock(manager, topics);
      const uids = Map.groupBy(await this.uids.ofTopics(manager, ids), ({ topicId }) => topicId);
      const planned = topics.map((topic) => {
        const notified = (locked.get(topic.id)?.notified ?? null) as NotifiedMeeting | null;
        return { topic, notified, plan: this.planOne(topic, notified, facts, uids.get(topic.id) ?? []) };
      });
      await this.writer.write(
        manager,
        planned.flatMap(({ topic: { organizationId }, plan }) =>
          (plan?.notices ?? []).map((notice) => ({ notice, organizationId })),
        ),
        { settings, stops: facts.stops },
      );
      await this.uids.save(
        manager,
        planned.flatMap(({ plan }) => plan?.uids ?? []),
      );
      await this.tellCompanies(manager, topics, facts);
      await this.topics.settle(
        manager,
        planned.map(({ topic, plan, notified }) => ({ topic, notified: plan?.notified ?? notified })),
      );
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
    { id, stopId }: MailTopic,
    notified: NotifiedMeeting | null,
    { meetings, people, stops }: Facts,
    uids: readonly CalendarUid[],
  ): MeetingPlan | null {
    const meeting = meetings.get(id);
    const stop = stops.get(stopId ?? '');
    if (meeting === undefined || stop === undefined) return null;
    const hashOf = (email: string) => this.hashes.of(email);
    return planMeeting({ meeting, people, stop, notified, uids, hashOf, at: new Date() });
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
