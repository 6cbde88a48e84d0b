import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '#persistence';
import { AddressHashes } from '../addresses/address-hashes.service.js';
import { SettingsService } from '../notification-settings/settings.service.js';
import { CalendarUidRepository } from '../notices/calendar-uid.repository.js';
import type { MailTopic, TopicFamily } from '../mail-topics/mail-topic.js';
import { placeNews } from '../mail-topics/topic-news.js';
import { MailTopicRepository } from '../mail-topics/mail-topic.repository.js';
import { NoticeWriter } from '../notices/notice-writer.service.js';
import type { RegistrationPeople, StopFacts } from '../owners/owner-facts.js';
import { Owners } from '../owners/owners.service.js';
import type { PlannedNotice } from '../notices/planned-notice.js';
import { daysOf, reminderAt, reminderDecision, withJitter } from '../notices/reminder-times.js';

/** The badge comes a week before, with the reminder where there is one. */
const badgeOffset = 'P7D';

type StopNews = {
  rescheduled?: { startsAt: string; endsAt: string; version: number };
  changed?: number;
  cancelled?: true;
};

/** Plans what a stop's changes and its clock make: news for its registrations, and reminders. */
@Injectable()
export class StopPlanner {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly topics: MailTopicRepository,
    private readonly uids: CalendarUidRepository,
    private readonly writer: NoticeWriter,
    private readonly owners: Owners,
    private readonly hashes: AddressHashes,
    private readonly settings: SettingsService,
  ) {}

  /** Passes news on to every registration, and works out anew when reminders are due. */
  async plan(topic: MailTopic): Promise<void> {
    const stop = await this.owners.stop(topic.id);
    const { reminders } = await this.settings.of(topic.organizationId);
    const { rescheduled, changed, cancelled } = topic.news as StopNews;
    const news = {
      ...(rescheduled === undefined ? {} : { rescheduled }),
      ...(changed === undefined ? {} : { changed }),
    };
    await this.unitOfWork.transaction(async (manager) => {
      if (rescheduled !== undefined || changed !== undefined || cancelled !== undefined)
        await this.topics.noteRegistrationsOf(
          manager,
          { organizationId: topic.organizationId, stopId: topic.id },
          news,
        );
      if (changed !== undefined) {
        await this.topics.noteMeetingsOfStop(manager, topic.id);
        await this.topics.note(manager, [placeNews(topic.id, topic.organizationId, changed)]);
      }
      const due = stop === null ? [] : dueReminders(stop, reminders);
      for (const { family, at } of due)
        // One whose time is past is never made due after the fact; one that waits to be sent stays.
        if (at > new Date()) await this.topics.setDue(manager, { ...topic, family, stopId: topic.id }, at);
      await this.topics.clearReminders(manager, topic.id, due);
      await this.topics.settle(manager, [{ topic, notified: topic.notified }]);
    });
  }

  /** Reminds those who have a seat, and speakers of their own talks. */
  async remind(topic: MailTopic): Promise<void> {
    const offset = topic.family.slice('reminder-'.length);
    const stop = await this.owners.stop(topic.id);
    const { dueAt } = topic;
    const decision = stop === null ? 'void' : reminderDecision(dueAt, stop, new Date());
    const settings = await this.settings.of(topic.organizationId);
    const isReminder = settings.reminders.includes(offset);
    const notices =
      stop === null || decision !== 'send'
        ? []
        : [
            ...(await this.delegates(stop, offset, dueAt, isReminder)),
            ...(isReminder ? await this.speakers(stop, offset, dueAt) : []),
          ];
    await this.unitOfWork.transaction(async (manager) => {
      await this.writer.write(
        manager,
        notices.map((notice) => ({ notice, organizationId: topic.organizationId })),
        {
          settings: new Map([[topic.organizationId, settings]]),
          stops: stop === null ? new Map() : new Map([[stop.id, stop]]),
        },
      );
      await this.topics.settle(manager, [
        { topic, notified: { startsAt: stop?.startsAt ?? null, decision } },
      ]);
    });
  }

  private async delegates(
    stop: StopFacts,
    offset: string,
    dueAt: Date,
    isReminder: boolean,
  ): Promise<PlannedNotice[]> {
    const audience = await this.owners.audience(stop.id, ['confirmed']);
    const people = await this.owners.people(audience.map(({ registrationId }) => registrationId));
    const uids = await this.uidsOf(people);
    // Who got the seat after the reminder's time got the news, and the badge, with it.
    const isNew = (registration: RegistrationPeople, delegateId: string, addressHash: string) =>
      uids.some(
        (uid) =>
          uid.topicId === registration.registrationId &&
          uid.recipientId === delegateId &&
          uid.addressHash === addressHash &&
          uid.since > dueAt,
      );
    return [...people.values()].flatMap((registration) =>
      registration.delegates.flatMap(({ id, email }): PlannedNotice[] => {
        const addressHash = this.hashes.of(email);
        if (registration.status !== 'confirmed' || isNew(registration, id, addressHash)) return [];
        return [
          {
            kind: isReminder ? 'reminder' : 'badge',
            recipient: `delegate/${id}`,
            occurrence: `${offset}/${addressHash.slice(0, 12)}@${stop.startsAt}`,
            stopId: stop.id,
            registrationId: registration.registrationId,
            companyId: registration.companyId,
            delegateId: id,
            addressHash,
            data: { days: daysOf(offset) },
            notBefore: withJitter(dueAt, id),
          },
        ];
      }),
    );
  }

  /** One mail a speaker with all talks, of those that the latest release shows. */
  private async speakers(stop: StopFacts, offset: string, dueAt: Date): Promise<PlannedNotice[]> {
    const released = new Map((await this.owners.talks(stop.id)).map((talk) => [talk.id, talk]));
    const sessions = await this.owners.speakersOfStop(stop.id, ['scheduled']);
    const talks = sessions
      .filter(({ sessionId }) => released.has(sessionId))
      .flatMap((session) =>
        session.speakers.flatMap((speaker) =>
          speaker.email === null ? [] : [{ session, speaker, addressHash: this.hashes.of(speaker.email) }],
        ),
      );
    return [...Map.groupBy(talks, ({ addressHash }) => addressHash)].flatMap(([addressHash, own]) => {
      const [first] = own;
      if (first === undefined) return [];
      return [
        {
          kind: 'speaker-reminder' as const,
          recipient: `speaker/${first.speaker.speakerId}`,
          occurrence: `${offset}@${stop.startsAt}`,
          stopId: stop.id,
          sessionId: first.session.sessionId,
          speakerId: first.speaker.speakerId,
          addressHash,
          data: {
            days: daysOf(offset),
            talks: own.flatMap(({ session }) => talkOf(stop, released, session)),
          },
          notBefore: withJitter(dueAt, first.speaker.speakerId),
        },
      ];
    });
  }

  private async uidsOf(people: ReadonlyMap<string, RegistrationPeople>) {
    return this.unitOfWork.transaction((manager) => this.uids.ofTopics(manager, [...people.keys()]));
  }
}

function talkOf(
  stop: StopFacts,
  released: ReadonlyMap<string, { roomId: string; startsAt: string; endsAt: string }>,
  session: { sessionId: string; title: { zh?: string | undefined; en?: string | undefined } },
) {
  const place = released.get(session.sessionId);
  if (place === undefined) return [];
  const { roomId, startsAt, endsAt } = place;
  const roomName = stop.rooms.find(({ id }) => id === roomId)?.name ?? null;
  return [
    {
      sessionId: session.sessionId,
      title: session.title,
      from: null,
      to: { roomId, roomName, startsAt, endsAt },
    },
  ];
}

function dueReminders(stop: StopFacts, reminders: readonly string[]): { family: TopicFamily; at: Date }[] {
  if (stop.status !== 'published') return [];
  const offsets = new Set([...reminders, badgeOffset]);
  return [...offsets].map((offset) => ({
    family: `reminder-${offset}` as const,
    at: reminderAt(stop, offset),
  }));
}
