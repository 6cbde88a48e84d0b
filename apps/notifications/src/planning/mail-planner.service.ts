import { Inject, Injectable } from '@nestjs/common';
import { Database, UnitOfWork } from '#persistence';
import { FailureLog, LOGGER, type Logger } from '#service';
import { SettingsService } from '../notification-settings/settings.service.js';
import { DigestRepository } from '../notices/digest.repository.js';
import { planningOrder, type DueFamily, type MailTopic } from '../mail-topics/mail-topic.js';
import { MailTopicRepository } from '../mail-topics/mail-topic.repository.js';
import { MeetingPlanner } from './meeting-planner.service.js';
import { NoticeWriter } from '../notices/notice-writer.service.js';
import { OutcomePlanner } from './outcome-planner.service.js';
import type { PlannedNotice } from '../notices/planned-notice.js';
import { RegistrationPlanner } from './registration-planner.service.js';
import { StopPlanner } from './stop-planner.service.js';
import { TalkPlanner } from './talk-planner.service.js';

/** How the topics of a family become mails, and how many are leased at once. */
interface FamilyPlanner {
  readonly most: number;
  /** Plans what is leased, in groups that fail or succeed together. */
  readonly groupsOf: (topics: MailTopic[]) => MailTopic[][];
  readonly plan: (topics: MailTopic[]) => Promise<void>;
}

/** Their owners are asked about all of them at once. */
const together = (plan: FamilyPlanner['plan']): FamilyPlanner => ({
  most: 100,
  groupsOf: (topics) => [topics],
  plan,
});

const oneByOne = (plan: (topic: MailTopic) => Promise<void>): FamilyPlanner => ({
  most: 10,
  groupsOf: (topics) => topics.map((topic) => [topic]),
  plan: async (topics) => {
    for (const topic of topics) await plan(topic);
  },
});

/** Lines of one digest; what is more is counted by the console. */
const maxDigestItems = 200;

/** Turns topics whose news are settled into mails. */
@Injectable()
export class MailPlanner {
  private readonly failures: FailureLog;
  private readonly planners: Readonly<Record<DueFamily, FamilyPlanner>>;

  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly topics: MailTopicRepository,
    private readonly digests: DigestRepository,
    private readonly writer: NoticeWriter,
    private readonly settings: SettingsService,
    stops: StopPlanner,
    registrations: RegistrationPlanner,
    talks: TalkPlanner,
    meetings: MeetingPlanner,
    outcomes: OutcomePlanner,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.failures = new FailureLog(logger, 'planning mails');
    this.planners = {
      registration: together((topics) => registrations.plan(topics)),
      meeting: together((topics) => meetings.plan(topics)),
      stop: oneByOne((topic) => stops.plan(topic)),
      reminder: oneByOne((topic) => stops.remind(topic)),
      release: oneByOne((topic) => talks.planRelease(topic)),
      session: oneByOne((topic) => talks.planSession(topic)),
      outcome: oneByOne((topic) => outcomes.planAnnounced(topic)),
      'follow-up': oneByOne((topic) => outcomes.planFollowUp(topic)),
      digest: oneByOne((topic) => this.digest(topic)),
    };
  }

  /** @returns whether there was something to plan */
  async planDue(): Promise<boolean> {
    const due = await this.topics.dueFamilies(this.database);
    const worked: boolean[] = [];
    for (const family of planningOrder.filter((one) => due.has(one))) worked.push(await this.take(family));
    return worked.includes(true);
  }

  private async take(family: DueFamily): Promise<boolean> {
    const { most, groupsOf, plan } = this.planners[family];
    const topics = await this.unitOfWork.transaction((manager) => this.topics.lease(manager, family, most));
    for (const group of groupsOf(topics)) await this.attempt(group, () => plan(group));
    return topics.length > 0;
  }

  /** A service that is unavailable now answers later. */
  private async attempt(topics: MailTopic[], plan: () => Promise<void>): Promise<void> {
    try {
      await plan();
      this.failures.recovered();
    } catch (error) {
      this.failures.failed(error);
      await this.unitOfWork.transaction((manager) => this.topics.postpone(manager, topics));
    }
  }

  private async digest(topic: MailTopic): Promise<void> {
    const settings = await this.settings.of(topic.organizationId);
    await this.unitOfWork.transaction(async (manager) => {
      const items = await this.digests.list(manager, [topic.id]);
      const isOrganizer = topic.id === topic.organizationId;
      const notice: PlannedNotice = {
        kind: isOrganizer ? 'organizer-digest' : 'company-digest',
        recipient: `${isOrganizer ? 'organization' : 'company'}/${topic.id}`,
        occurrence: topic.dueAt.toISOString(),
        stopId: null,
        ...(isOrganizer ? {} : { companyId: topic.id }),
        data: {
          digest: items
            .slice(0, maxDigestItems)
            .map(({ kind, stopId, companyId, refId }) => ({ kind, stopId, companyId, refId })),
        },
      };
      if (items.length > 0)
        await this.writer.write(manager, [{ notice, organizationId: topic.organizationId }], {
          settings: new Map([[topic.organizationId, settings]]),
          stops: new Map(),
        });
      await this.digests.delete(
        manager,
        items.map(({ id }) => id),
      );
      await this.topics.settle(manager, [{ topic, notified: null }]);
    });
  }
}
