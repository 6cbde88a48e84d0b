import { Injectable } from '@nestjs/common';
import type { ReleaseChange, SpeakersOfSession } from '#contracts';
import { UnitOfWork } from '#persistence';
import { AddressHashes } from '../addresses/address-hashes.service.js';
import type { SettingsRecord } from '../notification-settings/settings-record.js';
import { SettingsService } from '../notification-settings/settings.service.js';
import { CalendarUidRepository } from '../notices/calendar-uid.repository.js';
import { DigestRepository } from '../notices/digest.repository.js';
import type { MailTopic } from '../mail-topics/mail-topic.js';
import { MailTopicRepository } from '../mail-topics/mail-topic.repository.js';
import { NoticeWriter } from '../notices/notice-writer.service.js';
import type { RegistrationPeople, SignupHolder, StopFacts, TimetableTalk } from '../owners/owner-facts.js';
import { Owners } from '../owners/owners.service.js';
import { planPlaceOfTalk, planTalk, together, type TalkPerson, type TalkPlan } from './plan-talk.js';
import type { PlannedNotice, TalkPlace } from '../notices/planned-notice.js';
import { newPlace, newestRelease } from '../mail-topics/topic-news.js';

/** Plans the mails about sessions: decisions on proposals, released timetables, and what is cancelled afterwards. */
@Injectable()
export class TalkPlanner {
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

  /** How a release differs from the last one that was mailed, and what another place of the stop means for talks. */
  async planRelease(topic: MailTopic): Promise<void> {
    const release = newestRelease(topic.news);
    const notified = (topic.notified as { release?: number } | null)?.release;
    const isNew = release !== undefined && (notified === undefined || release > notified);
    const changes = isNew ? await this.owners.releaseChanges(topic.id, release, notified) : null;
    const stop = await this.owners.stop(topic.id);
    const settings = await this.settings.of(topic.organizationId);
    const relevant = changes === null || stop === null ? [] : changes.filter(isWorthTelling);
    const place = newPlace(topic.news);
    const others = place === undefined || stop === null ? [] : await this.unchanged(stop, relevant);
    const { sessions, people } = await this.peopleOf([...relevant, ...others]);
    await this.unitOfWork.transaction(async (manager) => {
      await this.topics.lock(manager, [topic]);
      const ids = [...relevant, ...others].map(({ sessionId }) => sessionId);
      const known = Map.groupBy(await this.uids.ofTopics(manager, ids), ({ topicId }) => topicId);
      const inputOf = (change: ReleaseChange) => {
        const uids = known.get(change.sessionId) ?? [];
        return { stopId: topic.id, change, people: people(change), uids, at: new Date() };
      };
      const plans = relevant
        // A session that is cancelled had its mails then.
        .filter(({ sessionId, to }) => to !== null || !hasEnded(sessions.get(sessionId)))
        .map((change) => planTalk({ ...inputOf(change), release: release ?? null }));
      const moved = others.map((change) => planPlaceOfTalk(inputOf(change), place ?? 0));
      await this.write(manager, topic, [...plans, ...moved], { settings, stop });
      await this.topics.settle(manager, [{ topic, notified: { release: release ?? notified ?? 0 } }]);
    });
  }

  /** The talks of the timetable that are not among the changed ones. */
  private async unchanged(stop: StopFacts, changed: readonly ReleaseChange[]): Promise<ReleaseChange[]> {
    const ids = new Set(changed.map(({ sessionId }) => sessionId));
    const talks = (await this.owners.talks(stop.id)).filter(({ id }) => !ids.has(id));
    return talks.map((talk) => {
      const place = placeOf(talk, stop);
      const noIds = { before: [], after: [] };
      return {
        sessionId: talk.id,
        title: talk.title,
        kinds: [],
        from: place,
        to: place,
        speakerIds: noIds,
      };
    });
  }

  /** A decision on a proposal, or the end of a session. */
  async planSession(topic: MailTopic): Promise<void> {
    const session = (await this.owners.sessions([topic.id])).get(topic.id);
    const stop = topic.stopId === null ? null : await this.owners.stop(topic.stopId);
    const settings = await this.settings.of(topic.organizationId);
    const before = (topic.notified as { status?: string } | null)?.status ?? topic.news['status'] ?? null;
    const isNews = session !== undefined && stop !== null && session.status !== before;
    const ended = isNews && hasEnded(session) ? await this.endingOf(session, stop) : null;
    await this.unitOfWork.transaction(async (manager) => {
      await this.topics.lock(manager, [topic]);
      if (isNews && ended !== null) {
        const uids = await this.uids.ofTopics(manager, [topic.id]);
        const people = ended.isReleased || session.status === 'cancelled' ? ended.people : [];
        const plan = planTalk({
          ...ended,
          people,
          release: null,
          stopId: session.stopId,
          uids,
          at: new Date(),
        });
        const notices = plan.notices.map((notice) => ({
          ...notice,
          kind: 'session-cancelled' as const,
          occurrence: `${topic.id}@${session.version}`,
        }));
        await this.write(manager, topic, [{ uids: plan.uids, notices }], { settings, stop });
      } else if (isNews) {
        await this.write(manager, topic, [{ uids: [], notices: this.decision(session) }], { settings, stop });
        if (session.status === 'proposed')
          await this.digests.add(manager, [
            {
              ownerId: topic.organizationId,
              kind: 'proposed',
              stopId: session.stopId,
              refId: topic.id,
              companyId: session.companyId,
            },
          ]);
      }
      await this.topics.settle(manager, [{ topic, notified: { status: session?.status ?? before } }]);
    });
  }

  private decision(session: SpeakersOfSession): PlannedNotice[] {
    const { sessionId, stopId, companyId, status, title, version } = session;
    if (status !== 'proposed' && status !== 'accepted' && status !== 'rejected') return [];
    const kind = `session-${status}` as const;
    const data = { talks: [{ sessionId, title, from: null, to: null }] };
    const base = { kind, occurrence: `${sessionId}@${version}`, stopId, sessionId, data };
    const company = companyId === null ? [] : [{ ...base, recipient: `company/${companyId}`, companyId }];
    if (status === 'proposed') return company;
    return [...company, ...this.speakersOf(session).map((person) => ({ ...base, ...speakerRef(person) }))];
  }

  /** Whom the end of a session concerns, and whether a released timetable shows it. */
  private async endingOf(session: SpeakersOfSession, stop: StopFacts) {
    const talks = await this.owners.talks(stop.id);
    const { people } = await this.peopleOf([{ sessionId: session.sessionId }]);
    const talk = talks.find(({ id }) => id === session.sessionId);
    const from = talk === undefined ? null : placeOf(talk, stop);
    const change: ReleaseChange = {
      sessionId: session.sessionId,
      title: session.title,
      kinds: ['removed'],
      from,
      to: null,
      speakerIds: { before: session.speakers.map(({ speakerId }) => speakerId), after: [] },
    };
    return { change, people: people(change), isReleased: talk !== undefined };
  }

  private async peopleOf(changes: readonly { sessionId: string }[]) {
    const ids = changes.map(({ sessionId }) => sessionId);
    if (ids.length === 0) return { sessions: new Map<string, SpeakersOfSession>(), people: () => [] };
    const [sessions, holders] = await Promise.all([
      this.owners.sessions(ids),
      this.owners.signupHolders(ids),
    ]);
    const registrations = await this.owners.people(holders.map(({ registrationId }) => registrationId));
    const people = (change: ReleaseChange): TalkPerson[] => {
      const session = sessions.get(change.sessionId);
      const { after, before } = change.speakerIds;
      // Releases of the first versions know no ids: then all present speakers are meant.
      const shown = change.to === null ? before : after;
      const speakers = session === undefined ? [] : this.speakersOf(session);
      return [
        ...speakers.filter(({ id }) => shown.length === 0 || shown.includes(id)),
        ...this.delegatesOf(change.sessionId, holders, registrations),
      ];
    };
    return { sessions, people };
  }

  private speakersOf({ speakers }: SpeakersOfSession): TalkPerson[] {
    return speakers.flatMap(({ speakerId, email }) =>
      email === null ? [] : [{ role: 'speaker' as const, id: speakerId, addressHash: this.hashes.of(email) }],
    );
  }

  private delegatesOf(
    sessionId: string,
    holders: readonly SignupHolder[],
    registrations: ReadonlyMap<string, RegistrationPeople>,
  ): TalkPerson[] {
    return holders.flatMap(({ delegateId, registrationId, companyId, sessionIds, endedSessionIds }) => {
      if (!sessionIds.includes(sessionId) && !endedSessionIds.includes(sessionId)) return [];
      const delegate = registrations.get(registrationId)?.delegates.find(({ id }) => id === delegateId);
      if (delegate === undefined) return [];
      const addressHash = this.hashes.of(delegate.email);
      return [{ role: 'delegate' as const, id: delegateId, addressHash, registrationId, companyId }];
    });
  }

  private async write(
    manager: Parameters<NoticeWriter['write']>[0],
    topic: MailTopic,
    plans: readonly TalkPlan[],
    { settings, stop }: { settings: SettingsRecord; stop: StopFacts | null },
  ): Promise<void> {
    const notices = plans.flatMap((plan) => plan.notices);
    const wanted = settings.calendarMode === 'invite' ? notices : together(notices);
    await this.writer.write(
      manager,
      wanted.map((notice) => ({ notice, organizationId: topic.organizationId })),
      {
        settings: new Map([[topic.organizationId, settings]]),
        stops: stop === null ? new Map() : new Map([[stop.id, stop]]),
      },
    );
    await this.uids.save(
      manager,
      plans.flatMap((plan) => plan.uids),
    );
  }
}

function placeOf({ roomId, startsAt, endsAt }: TimetableTalk, stop: StopFacts): TalkPlace {
  const roomName = stop.rooms.find(({ id }) => id === roomId)?.name ?? null;
  return { roomId, roomName, startsAt, endsAt };
}

function speakerRef({ id, addressHash }: TalkPerson) {
  return { recipient: `speaker/${id}`, speakerId: id, addressHash };
}

function hasEnded(session: SpeakersOfSession | undefined): boolean {
  return session?.status === 'cancelled' || session?.status === 'withdrawn';
}

/** Texts alone are not worth a mail; time, room and speakers are. */
function isWorthTelling({ kinds, from, to, speakerIds }: ReleaseChange): boolean {
  if (kinds.some((kind) => kind !== 'changed')) return true;
  const sameRoom = JSON.stringify(from?.roomName) === JSON.stringify(to?.roomName);
  return !sameRoom || speakerIds.before.toSorted().join() !== speakerIds.after.toSorted().join();
}
