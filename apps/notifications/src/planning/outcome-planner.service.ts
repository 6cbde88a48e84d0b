import { Injectable } from '@nestjs/common';
import { Database, UnitOfWork } from '#persistence';
import { SettingsService } from '../notification-settings/settings.service.js';
import { decideFollowUp, type NotifiedFollowUp } from './follow-up-reminder.js';
import type { MailTopic } from '../mail-topics/mail-topic.js';
import { MailTopicRepository } from '../mail-topics/mail-topic.repository.js';
import { NoticeWriter } from '../notices/notice-writer.service.js';
import { Owners } from '../owners/owners.service.js';
import type { PlannedNotice } from '../notices/planned-notice.js';

/** Plans the mails about what a stop led to: to companies that were named, and to those whose confirmation is waited for. */
@Injectable()
export class OutcomePlanner {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly topics: MailTopicRepository,
    private readonly writer: NoticeWriter,
    private readonly owners: Owners,
    private readonly settings: SettingsService,
  ) {}

  /** Companies named in a batch or a case. */
  async planAnnounced(topic: MailTopic): Promise<void> {
    const companyIds = (topic.news['companyIds'] as string[] | undefined) ?? [];
    await this.write(topic, 'outcome-announced', companyIds, topic.id, { notified: {} });
  }

  /** Once when a step is reported, and once more a week later where nobody confirmed it. */
  async planFollowUp(topic: MailTopic): Promise<void> {
    const { waiting, companies } = await this.topics.findFollowUp(this.database, topic.id);
    const decision = decideFollowUp(waiting, topic.notified as NotifiedFollowUp | null, new Date());
    const asked = waiting === null ? [] : companies.filter((id) => id !== waiting.by);
    const occurrence = `${topic.id}/${waiting?.n ?? 0}/${decision.notified?.times ?? 0}`;
    await this.write(topic, 'follow-up-waiting', decision.notify ? asked : [], occurrence, {
      notified: decision.notified,
      lookAgainAt: decision.lookAgainAt,
    });
  }

  private async write(
    topic: MailTopic,
    kind: 'outcome-announced' | 'follow-up-waiting',
    companyIds: readonly string[],
    occurrence: string,
    { notified, lookAgainAt = null }: { notified: object | null; lookAgainAt?: Date | null },
  ): Promise<void> {
    const { organizationId, stopId } = topic;
    const settings = await this.settings.of(organizationId);
    const stop = stopId === null ? null : await this.owners.stop(stopId);
    const notices = companyIds.map((companyId): PlannedNotice => {
      return { kind, recipient: `company/${companyId}`, occurrence, stopId, companyId, data: {} };
    });
    await this.unitOfWork.transaction(async (manager) => {
      await this.writer.write(
        manager,
        notices.map((notice) => ({ notice, organizationId })),
        {
          settings: new Map([[organizationId, settings]]),
          stops: stop === null ? new Map() : new Map([[stop.id, stop]]),
        },
      );
      await this.topics.settle(manager, [{ topic, notified }]);
      if (lookAgainAt !== null) await this.topics.setDue(manager, topic, lookAgainAt);
    });
  }
}
