import { Injectable } from '@nestjs/common';
import type { Transaction } from '#persistence';
import { AddressHashes } from '../addresses/address-hashes.service.js';
import { DigestRepository, type DigestItem } from '../notices/digest.repository.js';
import type { MailTopic } from '../mail-topics/mail-topic.js';
import { MailTopicRepository } from '../mail-topics/mail-topic.repository.js';
import type { Departed, RegistrationPeople, StopFacts } from '../owners/owner-facts.js';
import { Owners } from '../owners/owners.service.js';
import {
  planRegistration,
  type RegistrationNews,
  type RegistrationNow,
  type RegistrationPlan,
  type NotifiedRegistration,
} from './plan-registration.js';
import type { CalendarUid } from '../notices/planned-notice.js';
import { stopFingerprint } from './stop-fingerprint.js';
import { TopicPlans, type PlannedTopic } from './topic-plans.service.js';

/** A cancellation that comes later than this before a stop is mailed to the organizer, too. */
const lateMs = 7 * 24 * 3_600_000;

interface Facts {
  readonly people: ReadonlyMap<string, RegistrationPeople>;
  readonly departed: ReadonlyMap<string, Departed[]>;
  readonly stops: ReadonlyMap<string, StopFacts>;
}

type Planned = readonly PlannedTopic<RegistrationPlan>[];

/** Plans the mails of registrations from what is true of them now. */
@Injectable()
export class RegistrationPlanner {
  constructor(
    private readonly plans: TopicPlans,
    private readonly topics: MailTopicRepository,
    private readonly digests: DigestRepository,
    private readonly owners: Owners,
    private readonly hashes: AddressHashes,
  ) {}

  async plan(topics: readonly MailTopic[]): Promise<void> {
    const ids = topics.map(({ id }) => id);
    const [people, departed, stops] = await Promise.all([
      this.owners.people(ids),
      this.owners.departed(ids),
      this.owners.stops(topics.flatMap(({ stopId }) => stopId ?? [])),
    ]);
    await this.plans.write(topics, {
      stops,
      domainKeys: this.domainKeys(people, departed),
      planOf: (topic, uids) => this.planOne(topic, { people, departed, stops }, uids),
      alsoWrite: async (manager, planned) => {
        await this.noteMeetings(manager, planned);
        await this.tellOrganizers(manager, planned, stops);
        await this.tellCompanies(manager, planned);
      },
    });
  }

  private domainKeys(people: Facts['people'], departed: Facts['departed']): ReadonlyMap<string, string> {
    const persons = [...people.values()].flatMap(({ delegates }) => delegates);
    const emails = [...persons, ...[...departed.values()].flat()].map(({ email }) => email);
    return new Map(emails.map((email) => [this.hashes.of(email), this.hashes.domainKeyOf(email)]));
  }

  /** Null where nobody knows the registration, or its stop, any more. */
  private planOne(topic: MailTopic, facts: Facts, uids: readonly CalendarUid[]): RegistrationPlan | null {
    const registration = facts.people.get(topic.id);
    const stop = registration && facts.stops.get(registration.stopId);
    if (registration === undefined || stop === undefined) return null;
    return planRegistration({
      now: this.stateOf(registration, facts.departed.get(topic.id) ?? []),
      stop: { ...stop, fingerprint: stopFingerprint(stop) },
      news: topic.news as RegistrationNews,
      notified: topic.notified as NotifiedRegistration | null,
      uids,
      at: new Date(),
    });
  }

  private stateOf(registration: RegistrationPeople, departed: readonly Departed[]): RegistrationNow {
    const { registrationId, companyId, stopId, status, version, delegates } = registration;
    return {
      registrationId,
      companyId,
      stopId,
      status,
      version,
      people: delegates.map(({ id, email }) => ({ delegateId: id, addressHash: this.hashes.of(email) })),
      departed: departed.map(({ delegateId, email }) => ({ delegateId, addressHash: this.hashes.of(email) })),
    };
  }

  /** Meetings have other people where somebody lost a seat. */
  private async noteMeetings(manager: Transaction, planned: Planned): Promise<void> {
    const regrouped = planned.filter(({ plan }) => plan?.uids.some(({ state }) => state === 'cancelled'));
    await this.topics.noteMeetingsOf(
      manager,
      regrouped.flatMap(({ topic }) => topic.stopId ?? []),
      regrouped.map(({ topic }) => topic.id),
    );
  }

  private async tellOrganizers(
    manager: Transaction,
    planned: Planned,
    stops: ReadonlyMap<string, StopFacts>,
  ): Promise<void> {
    const items = planned.flatMap(({ topic, plan }): DigestItem[] => {
      const stop = topic.stopId === null ? undefined : stops.get(topic.stopId);
      const kinds = new Set(plan?.notices.map(({ kind }) => kind));
      const isPending = plan?.notified.status === 'pending' && kinds.has('registration-pending');
      const isLate = stop !== undefined && Date.parse(stop.startsAt) - Date.now() < lateMs;
      const isLateCancel = kinds.has('registration-cancelled') && isLate;
      if (!isPending && !isLateCancel) return [];
      const companyId = plan?.notices.find((notice) => notice.companyId !== undefined)?.companyId ?? null;
      const kind = isPending ? 'pending' : 'late-cancellation';
      return [{ ownerId: topic.organizationId, kind, stopId: topic.stopId, refId: topic.id, companyId }];
    });
    await this.digests.add(manager, items);
  }

  /** Companies change their delegations themselves: they hear of it with the next digest, and not of each person. */
  private async tellCompanies(manager: Transaction, planned: Planned): Promise<void> {
    const items = planned.flatMap(({ topic, plan }) => {
      const companyId = plan === null ? null : companyOfOtherPeople(plan);
      if (companyId === null) return [];
      const { id, stopId, organizationId } = topic;
      const item: DigestItem = {
        ownerId: companyId,
        kind: 'delegates-changed',
        stopId,
        refId: id,
        companyId,
      };
      return [{ item, organizationId }];
    });
    for (const [organizationId, own] of Map.groupBy(items, (one) => one.organizationId))
      await this.digests.add(
        manager,
        own.map(({ item }) => item),
        organizationId,
      );
  }
}

const changesOfPeople: readonly string[] = ['seat-confirmed', 'seat-passed-on'];

/** Null where nobody came or left, or the company gets a mail of its own. */
function companyOfOtherPeople({ notices }: RegistrationPlan): string | null {
  if (notices.some(({ recipient }) => recipient.startsWith('company/'))) return null;
  return notices.find(({ kind }) => changesOfPeople.includes(kind))?.companyId ?? null;
}
