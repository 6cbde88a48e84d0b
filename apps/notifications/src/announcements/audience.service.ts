import { Injectable } from '@nestjs/common';
import { Database } from '#persistence';
import { AddressHashes } from '../addresses/address-hashes.service.js';
import { RefusalRepository } from '../addresses/refusals.repository.js';
import { Owners } from '../owners/owners.service.js';
import type { PlannedNotice } from '../notices/planned-notice.js';
import type { AnnouncementRecord } from './announcement.js';

export type AudienceMember = { readonly notice: PlannedNotice; readonly domainKey: string };

/** Finds whom an announcement is for, as the owners of people say now: each address once, without those who want none. */
@Injectable()
export class AudienceService {
  constructor(
    private readonly database: Database,
    private readonly owners: Owners,
    private readonly hashes: AddressHashes,
    private readonly refusals: RefusalRepository,
  ) {}

  async membersOf(announcement: AnnouncementRecord): Promise<AudienceMember[]> {
    const { audience, stopId } = announcement;
    const members = [
      ...(audience.registrations === undefined
        ? []
        : await this.registered(announcement, audience.registrations)),
      ...(audience.sessionId === undefined ? [] : await this.signedUp(announcement, audience.sessionId)),
      ...(audience.speakers === undefined ? [] : await this.speakers(announcement, stopId)),
    ];
    const byAddress = Map.groupBy(members, ({ notice }) => notice.addressHash);
    const unique = [...byAddress.values()].flatMap(([first]) => first ?? []);
    return this.withoutRefusals(announcement.organizationId, unique);
  }

  private async registered(
    announcement: AnnouncementRecord,
    statuses: NonNullable<AnnouncementRecord['audience']['registrations']>,
  ): Promise<AudienceMember[]> {
    const { stopId, audience } = announcement;
    const listed = await this.owners.audience(stopId, statuses, audience.checkedIn);
    const wanted = new Set(listed.map(({ delegateId }) => delegateId));
    const people = await this.owners.people(listed.map(({ registrationId }) => registrationId));
    const delegates = [...people.values()].flatMap(({ registrationId, companyId, delegates: own }) =>
      own
        .filter(({ id }) => wanted.has(id))
        .map(({ id, email }) =>
          this.member(announcement, email, {
            recipient: `delegate/${id}`,
            registrationId,
            companyId,
            delegateId: id,
          }),
        ),
    );
    // Who asks for those who came, or did not, means persons.
    if (audience.checkedIn !== undefined) return delegates;
    const contacts = await this.owners.contacts([...people.values()].map(({ companyId }) => companyId));
    const companies = [...contacts].map(([companyId, { email }]) =>
      this.member(announcement, email, { recipient: `company/${companyId}`, companyId }),
    );
    return [...delegates, ...companies];
  }

  private async signedUp(announcement: AnnouncementRecord, sessionId: string): Promise<AudienceMember[]> {
    const holders = (await this.owners.signupHolders([sessionId])).filter(
      ({ stopId, sessionIds }) => stopId === announcement.stopId && sessionIds.includes(sessionId),
    );
    const people = await this.owners.people(holders.map(({ registrationId }) => registrationId));
    return holders.flatMap(({ delegateId, registrationId, companyId }) => {
      const delegate = people.get(registrationId)?.delegates.find(({ id }) => id === delegateId);
      if (delegate === undefined) return [];
      const recipient = `delegate/${delegateId}`;
      return [
        this.member(announcement, delegate.email, { recipient, registrationId, companyId, delegateId }),
      ];
    });
  }

  private async speakers(announcement: AnnouncementRecord, stopId: string): Promise<AudienceMember[]> {
    const sessions = await this.owners.speakersOfStop(stopId);
    return sessions.flatMap(({ sessionId, speakers }) =>
      speakers.flatMap(({ speakerId, email }) =>
        email === null
          ? []
          : [this.member(announcement, email, { recipient: `speaker/${speakerId}`, sessionId, speakerId })],
      ),
    );
  }

  private member(
    { id, stopId }: AnnouncementRecord,
    email: string,
    ids: Pick<PlannedNotice, 'recipient'> & Partial<PlannedNotice>,
  ): AudienceMember {
    return {
      domainKey: this.hashes.domainKeyOf(email),
      notice: {
        ...ids,
        kind: 'announcement',
        occurrence: id,
        stopId,
        announcementId: id,
        addressHash: this.hashes.of(email),
        data: {},
      },
    };
  }

  private async withoutRefusals(
    organizationId: string,
    members: AudienceMember[],
  ): Promise<AudienceMember[]> {
    const hashes = members.map(({ notice }) => notice.addressHash ?? '');
    const [suppressed, unsubscribed] = await Promise.all([
      this.refusals.suppressedAmong(this.database, hashes),
      this.refusals.unsubscribedAmong(this.database, organizationId, hashes),
    ]);
    return members.filter(
      ({ notice: { addressHash = '' } }) => !suppressed.has(addressHash) && !unsubscribed.has(addressHash),
    );
  }
}
