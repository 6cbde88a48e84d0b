import { Injectable } from '@nestjs/common';
import { feedSubject, type FeedOwner } from '#contracts';
import { Broker, sendSignal } from '#messaging';
import { Database } from '#persistence';
import { FeedRepository } from './feed.repository.js';
import type { MessageEntity } from './message.entity.js';

type Scoped = Pick<MessageEntity, 'organizationId' | 'companyId' | 'stopId' | 'public'>;

/** Wakes up the streams that new messages concern. */
@Injectable()
export class FeedSignals {
  private readonly listeners: (() => void)[] = [];

  constructor(
    private readonly broker: Broker,
    private readonly database: Database,
    private readonly feeds: FeedRepository,
  ) {}

  /** To be called after the transaction that appended messages has committed. Streams look by themselves as well. */
  send(messages: readonly Scoped[]): void {
    for (const listener of this.listeners) listener();
    const owners: FeedOwner[] = messages.flatMap(({ organizationId, companyId }) => [
      ...(organizationId === null ? [] : [{ organizationId }]),
      ...(companyId === null ? [] : [{ companyId }]),
    ]);
    this.wake(owners);
    const stopIds = messages.flatMap((one) => (one.public && one.stopId !== null ? [one.stopId] : []));
    if (stopIds.length > 0) void this.wakeCompaniesAt([...new Set(stopIds)]);
  }

  /** Calls back in this process when messages were appended. */
  whenSent(listener: () => void): void {
    this.listeners.push(listener);
  }

  private async wakeCompaniesAt(stopIds: string[]): Promise<void> {
    const companyIds = await this.feeds.companiesAt(this.database, stopIds).catch(() => []);
    this.wake(companyIds.map((companyId) => ({ companyId })));
  }

  private wake(owners: readonly FeedOwner[]): void {
    for (const subject of new Set(owners.map(feedSubject))) sendSignal(this.broker, subject);
  }
}
