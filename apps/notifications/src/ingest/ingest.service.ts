import { Injectable } from '@nestjs/common';
import type { EventEnvelope } from '#contracts';
import { UnitOfWork, batching, newId, type Transaction } from '#persistence';

import { DeliveryService } from '../webhooks/delivery.service.js';
import type { KnownStop } from '../stops/known-stop.js';
import { KnownStopService } from '../stops/known-stop.service.js';
import type { AggregateEntity } from './aggregate.entity.js';
import { AggregateRepository } from './aggregate.repository.js';
import type { EventSource } from './event-source.js';
import { FeedSignals } from '../log/feed-signals.service.js';
import { LogRepository, type NewMessage } from '../log/log.repository.js';
import { MailNews } from '../mail-topics/mail-news.service.js';
import type { TopicNews } from '../mail-topics/mail-topic.js';
import { isNews } from './news.js';

interface Arrival {
  readonly event: EventEnvelope<{ version: number }> & { replayed?: boolean };
  readonly source: EventSource<{ version: number }>;
}

/**
 * Turns the states that services exchange into public messages: compares each with the last published, appends what
 * changed to the log, and makes the deliveries of it, all in one transaction. A second delivery of an event is a no-op,
 * since its version is no newer than the one that is kept.
 */
@Injectable()
export class IngestService {
  private readonly arrive = batching((arrivals: readonly Arrival[]) => this.ingest(inOrder(arrivals)));

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly stops: KnownStopService,
    private readonly aggregates: AggregateRepository,
    private readonly log: LogRepository,
    private readonly deliveries: DeliveryService,
    private readonly signals: FeedSignals,
    private readonly mails: MailNews,
  ) {}

  /** Applies events, together with others that arrive at the same time. */
  apply<State extends { version: number }, Snapshot extends object>(
    events: readonly EventEnvelope<State>[],
    given: EventSource<State, Snapshot>,
  ): Promise<void> {
    const source = given as unknown as Arrival['source'];
    return this.arrive(events.map((event) => ({ event, source })));
  }

  private async ingest(arrivals: readonly Arrival[]): Promise<void> {
    const stopIds = arrivals.flatMap(({ event, source }) => source.stopIdOf(event.data as never) ?? []);
    const stops = await this.stops.findAll(stopIds);
    const { appended, made } = await this.unitOfWork.transaction(async (manager) => {
      await this.log.lockForAppending(manager);
      const news = await this.compare(manager, arrivals, stops);
      await this.mails.note(manager, news.topics);
      if (news.messages.length === 0) return { appended: [], made: 0 };
      const appended = await this.log.append(manager, news.messages);
      return { appended, made: await this.deliveries.create(manager, appended) };
    });
    if (appended.length > 0) this.signals.send(appended);
    if (made > 0) this.deliveries.wake();
  }

  /** Remembers the newest states. @returns what changed, for the log in the order of the events, and for mails */
  private async compare(
    manager: Transaction,
    arrivals: readonly Arrival[],
    stops: ReadonlyMap<string, KnownStop>,
  ): Promise<{ messages: NewMessage[]; topics: TopicNews[] }> {
    const messages: NewMessage[] = [];
    const topics: TopicNews[] = [];
    const { followingSince } = await this.log.state(manager);
    const keys = arrivals.map(({ event, source }) => ({ kind: source.kind, id: event.subject }));
    const known = new Map(
      (await this.aggregates.find(manager, keys)).map((row) => [`${row.kind} ${row.id}`, row]),
    );
    const changed = new Map<string, AggregateEntity>();
    const now = new Date();
    for (const arrival of byVersion(arrivals)) {
      const { event, source } = arrival;
      const key = keyOf(arrival);
      const previous = changed.get(key) ?? known.get(key) ?? null;
      if (previous !== null && previous.version >= event.data.version) continue;
      const state = event.data as never;
      const stopId = source.stopIdOf(state);
      changed.set(key, {
        kind: source.kind,
        id: event.subject,
        version: event.data.version,
        companyId: source.companyIdOf(state),
        stopId,
        snapshot: source.snapshotOf(state),
      });
      const stop = stopId === null ? undefined : stops.get(stopId);
      if (!isNews(event, followingSince, now) || (stopId !== null && stop === undefined)) continue;
      const before = (previous?.snapshot ?? null) as never;
      topics.push(...source.mailNews(before, state, stop as never));
      const transitions = source.transitions(before, state, stop as never);
      messages.push(
        ...transitions.map(({ type, subject, scope, data }) => ({
          id: newId(),
          type,
          time: new Date(event.time),
          subject,
          ...scope,
          data,
        })),
      );
    }
    if (changed.size > 0) await this.aggregates.save(manager, [...changed.values()].toSorted(byKey));
    return { messages, topics };
  }
}

/** Events of different kinds come in batches of their own. Their ids increase with the time at which they were made. */
function inOrder(arrivals: readonly Arrival[]): readonly Arrival[] {
  const [first] = arrivals;
  if (arrivals.every(({ source }) => source === first?.source)) return arrivals;
  return arrivals.toSorted((one, other) => (one.event.id < other.event.id ? -1 : 1));
}

function keyOf({ source, event }: Arrival): string {
  return `${source.kind} ${event.subject}`;
}

/** The states of one aggregate in their order, whatever the order in which they arrived; others keep their places. */
function byVersion(arrivals: readonly Arrival[]): Arrival[] {
  const ordered = new Map<string, Iterator<Arrival>>();
  for (const [key, own] of Map.groupBy(arrivals, keyOf)) {
    const sorted = own.toSorted((one, other) => one.event.data.version - other.event.data.version);
    ordered.set(key, sorted.values());
  }
  return arrivals.map((one) => (ordered.get(keyOf(one))?.next().value as Arrival | undefined) ?? one);
}

/** Rows are locked in one order by all replicas. */
function byKey(one: AggregateEntity, other: AggregateEntity): number {
  return one.kind === other.kind ? (one.id < other.id ? -1 : 1) : one.kind < other.kind ? -1 : 1;
}
