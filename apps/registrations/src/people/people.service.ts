import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import {
  Id,
  formatInstant,
  type InputOf,
  type OutputOf,
  type getDeparted,
  type getPeople,
  type getSignupHolders,
  type listAudience,
} from '#contracts';
import { Database, StoredInstant, cutPage, decodeIdCursor, readCursor } from '#persistence';
import { RegistrationQueryService } from '../registrations/registration-query.service.js';
import { RegistrationRepository, type StoredRegistration } from '../registrations/registration.repository.js';
import { shownBadge } from '../seats/delegation.js';
import { isErased } from '../seats/erase.js';
import { departedKeptSince } from './departed.js';
import { PeopleRepository } from './people.repository.js';
import { withinLimit } from './within-limit.js';

type People = OutputOf<typeof getPeople>;

/** Delegates of one answer at most, but for a single delegation that is larger. */
const maxPeople = 2_000;

const AudienceCursor = z.tuple([StoredInstant, Id, Id]);

/** Tells who is to be written to, as things are now. */
@Injectable()
export class PeopleService {
  constructor(
    private readonly database: Database,
    private readonly registrations: RegistrationRepository,
    private readonly queries: RegistrationQueryService,
    private readonly people: PeopleRepository,
  ) {}

  async get(registrationIds: readonly string[]): Promise<People> {
    const found = await this.registrations.findAll(this.database, [...new Set(registrationIds)]);
    const { answered, unanswered } = withinLimit(found, maxPeople);
    const positions = await this.queries.waitlistPositionsOf(answered);
    return {
      registrations: answered.map((one) => peopleOf(one, positions.get(one.id) ?? null)),
      unanswered: unanswered.map(({ id }) => id),
    };
  }

  async departed({
    registrationIds,
    cursor,
    limit,
  }: InputOf<typeof getDeparted>): Promise<OutputOf<typeof getDeparted>> {
    const page = { afterId: decodeIdCursor(cursor), take: limit + 1 };
    const since = departedKeptSince(new Date());
    const rows = await this.people.listDeparted(this.database, registrationIds, since, page);
    const { items, nextCursor } = cutPage(rows, limit, ({ id }) => [id]);
    return {
      items: items.map(({ id: _id, departedAt, ...one }) => ({
        ...one,
        departedAt: formatInstant(departedAt),
      })),
      nextCursor,
    };
  }

  async audience({
    stopId,
    statuses,
    checkedIn,
    cursor,
    limit,
  }: InputOf<typeof listAudience>): Promise<OutputOf<typeof listAudience>> {
    const audience = { stopId, statuses, checkedIn: checkedIn ?? null };
    const after = readCursor(AudienceCursor, cursor) ?? null;
    const rows = await this.people.listAudience(this.database, audience, after, limit + 1);
    const counts = await this.people.countAudience(this.database, audience);
    const { items, nextCursor } = cutPage(rows, limit, (one) => [
      one.createdAt.toISOString(),
      one.registrationId,
      one.delegateId,
    ]);
    return { items: items.map(({ createdAt: _createdAt, ...one }) => one), nextCursor, counts };
  }

  async signupHolders({
    sessionIds,
    cursor,
    limit,
  }: InputOf<typeof getSignupHolders>): Promise<OutputOf<typeof getSignupHolders>> {
    const page = { afterId: decodeIdCursor(cursor), take: limit + 1 };
    const since = departedKeptSince(new Date());
    const rows = await this.people.listSignupHolders(this.database, sessionIds, since, page);
    return cutPage(rows, limit, ({ delegateId }) => [delegateId]);
  }
}

function peopleOf(
  { id, stopId, companyId, status, reason, delegates, version }: StoredRegistration,
  waitlistPosition: number | null,
): People['registrations'][number] {
  return {
    registrationId: id,
    stopId,
    companyId,
    status,
    seats: delegates.length,
    waitlistPosition,
    reason,
    delegates: delegates
      .filter((one) => !isErased(one))
      .map((one) => ({
        id: one.id,
        name: one.name,
        email: one.email,
        language: one.language,
        badge: shownBadge(status, one),
      })),
    version,
  };
}
