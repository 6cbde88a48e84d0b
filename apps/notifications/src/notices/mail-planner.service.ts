import { Inject, Injectable } from '@nestjs/common';
import { Database, UnitOfWork } from '#persistence';
import { FailureLog, LOGGER, type Logger } from '#service';
import { SettingsService } from '../notification-settings/settings.service.js';
import { DigestRepository } from './digest.repository.js';
import { planningOrder, type DueFamily, type MailTopic } from './mail-topic.js';
import { MailTopicRepository } from './mail-topic.repository.js';
import { MeetingPlanner } from './meeting-planner.service.js';
import { NoticeWriter } from './notice-writer.service.js';
import { OutcomePlanner } from './outcome-planner.service.js';
import type { PlannedNotice } from './planned-notice.js';
import { RegistrationPlanner } from './registration-planner.service.js';
import { StopPlanner } from './stop-planner.service.js';
import { TalkPlanner } from './talk-planner.service.js';

/** Topics whose owners are asked about together; those of a family that is not named, one by one. */
const maxTogether: Partial<Record<DueFamily, number>> = { registration: 100, meeting: 100 };
const maxOthers = 10;
/** Lines of one digest; what is more is counted by the console. */
const maxDigestItems = 200;

/** Turns topics whose news are settled into mails. */
@Injectable()
export class MailPlanner {
  private readonly failures: FailureLog;

  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly topics: MailTopicRepository,
    private readonly digests: DigestRepository,
    private readonly writer: NoticeWriter,
    private readonly settings: SettingsService,
    private readonly stops: StopPlanner,
    private readonly registrations: RegistrationPlanner,
    private readonly talks: TalkPlanner,
    private readonly meetings: MeetingPlanner,
    private readonly outcomes: OutcomePlanner,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.failures = new FailureLog(logger, 'planning mails');
  }

  /** @returns whether there was something to plan */
  async planDue(): Promise<boolean> {
    const due = await this.topics.dueFamilies(this.database);
    const worked: boolean[] = [];
    for (const family of planningOrder.filter((one) => due.has(one))) worked.push(await this.take(family));
    return worked.includes(true);
  }

  private async take(family: DueFamily): Promise<boolean> {
    const most = maxTogether[family] ?? maxOthers;
    const topics = await this.unitOfWork.transaction((manager) => this.topics.lease(manager, family, most));
    if (topics.length === 0) return false;
    if (family === 'registration') await this.attempt(topics, () => this.registrations.plan(topics));
    else if (family === 'meeting') await this.attempt(topics, () => this.meetings.plan(topics));
    else for (const topic of topics) await this.attempt([topic], () => this.planOne(family, topic));
    return true;
  }

  private planOne(family: DueFamily, topic: MailTopic): Promise<void> {
    switch (family) {
      case 'registration':
        return this.registrations.plan([topic]);
      case 'meeting':
        return this.meetings.plan([topic]);
      case 'stop':
        return this.stops.plan(topic);
      case 'reminder':
        return this.stops.remind(topic);
      case 'release':
        return this.talks.planRelease(topic);
      case 'session':
        return this.talks.planSession(topic);
      case 'outcome':
        return this.outcomes.planAnnounced(topic);
      case 'follow-up':
        return this.outcomes.planFollowUp(topic);
      case 'digest':
        return this.digest(topic);
    }
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
