import { Injectable } from '@nestjs/common';
import { UnitOfWork, type Transaction } from '#persistence';
import type { MailTopic } from '../mail-topics/mail-topic.js';
import { MailTopicRepository } from '../mail-topics/mail-topic.repository.js';
import { SettingsService } from '../notification-settings/settings.service.js';
import { CalendarUidRepository } from '../notices/calendar-uid.repository.js';
import { NoticeWriter } from '../notices/notice-writer.service.js';
import type { CalendarUid, PlannedNotice } from '../notices/planned-notice.js';
import type { StopFacts } from '../owners/owner-facts.js';

/** What follows from the present state of a topic. */
export interface TopicPlan {
  readonly notices: readonly PlannedNotice[];
  /** Calendar entries that are new or changed. */
  readonly uids: readonly CalendarUid[];
  /** The state that these mails tell. */
  readonly notified: object;
}

/** A topic as it was leased, with its plan. */
export interface PlannedTopic<Plan> {
  readonly topic: MailTopic;
  readonly plan: Plan | null;
}

export interface Planning<Plan> {
  readonly stops: ReadonlyMap<string, StopFacts>;
  /** By the hash of an address; mails to one domain are throttled together. */
  readonly domainKeys?: ReadonlyMap<string, string>;
  /** @returns null where nobody knows any more what the topic is about */
  readonly planOf: (topic: MailTopic, uids: readonly CalendarUid[]) => Plan | null;
  /** What else follows from the plans, in their transaction. */
  readonly alsoWrite: (manager: Transaction, planned: readonly PlannedTopic<Plan>[]) => Promise<void>;
}

/** Plans topics together, and writes their mails and what people's calendars then show, all in one transaction. */
@Injectable()
export class TopicPlans {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly topics: MailTopicRepository,
    private readonly uids: CalendarUidRepository,
    private readonly writer: NoticeWriter,
    private readonly settings: SettingsService,
  ) {}

  async write<Plan extends TopicPlan>(
    topics: readonly MailTopic[],
    { stops, domainKeys, planOf, alsoWrite }: Planning<Plan>,
  ): Promise<void> {
    const settings = await this.settings.findAll(topics.map(({ organizationId }) => organizationId));
    await this.unitOfWork.transaction(async (manager) => {
      const planned = await this.plan(manager, topics, planOf);
      const notices = planned.flatMap(({ topic: { organizationId }, plan }) =>
        (plan?.notices ?? []).map((notice) => {
          const domainKey = domainKeys?.get(notice.addressHash ?? '');
          return { notice, organizationId, ...(domainKey === undefined ? {} : { domainKey }) };
        }),
      );
      await this.writer.write(manager, notices, { settings, stops });
      await this.uids.save(
        manager,
        planned.flatMap(({ plan }) => plan?.uids ?? []),
      );
      await alsoWrite(manager, planned);
      await this.topics.settle(
        manager,
        planned.map(({ topic, plan }) => ({ topic, notified: plan?.notified ?? topic.notified })),
      );
    });
  }

  /** Plans from the locked rows: only they say for sure which mails were the last. */
  private async plan<Plan>(
    manager: Transaction,
    topics: readonly MailTopic[],
    planOf: Planning<Plan>['planOf'],
  ): Promise<PlannedTopic<Plan>[]> {
    const locked = await this.topics.lock(manager, topics);
    const ids = topics.map(({ id }) => id);
    const uids = Map.groupBy(await this.uids.ofTopics(manager, ids), ({ topicId }) => topicId);
    return topics.flatMap((topic) => {
      const current = locked.get(topic.id);
      if (current === undefined) return [];
      const plan = planOf(current, uids.get(topic.id) ?? []);
      return [{ topic: { ...topic, notified: current.notified }, plan }];
    });
  }
}
