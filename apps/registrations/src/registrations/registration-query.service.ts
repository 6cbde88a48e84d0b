import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import {
  Id,
  formatInstant,
  notFound,
  isOrganizerOf,
  type Caller,
  type InputOf,
  type OutputOf,
  type Registration,
  type RegistrationOrder,
  type getAvailability,
  type listRegistrations,
} from '#contracts';
import { Database, cutPage, readCursor } from '#persistence';
import { CompanyProjectionRepository } from '../companies/company-projection.repository.js';
import { delegateNeedle } from '../seats/delegate-search.js';
import type { Delegation } from '../seats/delegation.js';
import { nextWindowChange, registrationStateOf } from '../seats/registration-window.js';
import { registrationView } from '../seats/registration-view.js';
import { freeSeats } from '../seats/stop-seats.js';
import { StopAccess } from '../stops/stop-access.service.js';
import { StopProjectionRepository } from '../stops/stop-projection.repository.js';
import { RegistrationRepository, type StoredRegistration } from './registration.repository.js';
import { RegistrationSearchRepository } from './registration-search.repository.js';

/** Answers reads of registrations. They lock nothing and decide nothing. */
@Injectable()
export class RegistrationQueryService {
  constructor(
    private readonly database: Database,
    private readonly access: StopAccess,
    private readonly stops: StopProjectionRepository,
    private readonly companies: CompanyProjectionRepository,
    private readonly registrations: RegistrationRepository,
    private readonly searches: RegistrationSearchRepository,
  ) {}

  async get(id: string, caller: Caller): Promise<Registration> {
    const registration = await this.find(id, caller);
    const [view] = await this.views(registration.stopId, [registration]);
    if (view === undefined) throw notFound('registration');
    return view;
  }

  /** A registration that the caller may see: its company, and the organizer of its stop. */
  async find(id: string, caller: Caller): Promise<StoredRegistration> {
    const found = await this.registrations.find(this.database, id);
    if (found === undefined) throw notFound('registration');
    if (caller.role === 'company' && caller.companyId === found.companyId) return found;
    const stop = await this.stops.find(this.database, found.stopId);
    if (stop === null || !isOrganizerOf(caller, stop)) throw notFound('registration');
    return found;
  }

  async list(
    query: InputOf<typeof listRegistrations>,
    caller: Caller,
  ): Promise<OutputOf<typeof listRegistrations>> {
    const stop = await this.access.visible(query.stopId, caller);
    if (caller.role !== 'company' && !isOrganizerOf(caller, stop)) throw notFound('stop');
    const search = {
      stopId: query.stopId,
      companyId: caller.role === 'company' ? (caller.companyId ?? '') : null,
      statuses: query.status ?? null,
      text: query.q === undefined ? null : delegateNeedle(query.q),
      order: query.sort,
    };
    const [, after = null] = readCursor(cursorOf(query.sort), query.cursor) ?? [];
    const ids = await this.searches.findIds(this.database, search, after, query.limit + 1);
    const { items, nextCursor } = cutPage(ids, query.limit, (id) => [query.sort, id]);
    const found = await this.registrations.findAll(this.database, items);
    const places = new Map(items.map((id, index) => [id, index]));
    const placeOf = ({ id }: StoredRegistration) => places.get(id) ?? 0;
    const sorted = found.toSorted((a, b) => placeOf(a) - placeOf(b));
    return { items: await this.views(query.stopId, sorted), nextCursor };
  }

  async availability(stopId: string, caller: Caller): Promise<OutputOf<typeof getAvailability>> {
    const stop = await this.access.visible(stopId, caller);
    const now = new Date();
    const changesAt = nextWindowChange(stop, now);
    return {
      capacity: stop.capacity,
      confirmed: stop.confirmedSeats,
      pending: stop.pendingSeats,
      waitlisted: stop.waitlistedSeats,
      left: Math.max(0, freeSeats(stop)),
      registrationState: registrationStateOf(stop, now),
      basis: {
        stopVersion: stop.stopVersion,
        changesAt: changesAt === null ? null : formatInstant(changesAt),
      },
    };
  }

  /** Registrations of one stop as their companies see them. */
  async views(stopId: string, registrations: readonly Delegation[]): Promise<Registration[]> {
    const positions = await this.waitlistPositions(stopId, registrations);
    const names = await this.companies.findNames(
      this.database,
      registrations.map(({ companyId }) => companyId),
    );
    return registrations.map((one) =>
      registrationView(stopId, one, positions.get(one.id) ?? null, names.get(one.companyId) ?? {}),
    );
  }

  /** Places on the waiting lists, by registration, of registrations of any stops. */
  async waitlistPositionsOf(registrations: readonly StoredRegistration[]): Promise<Map<string, number>> {
    const stops = Map.groupBy(registrations, ({ stopId }) => stopId);
    const lists = await Promise.all([...stops].map(([stopId, own]) => this.waitlistPositions(stopId, own)));
    return new Map(lists.flatMap((positions) => [...positions]));
  }

  /** Places on the waiting list, by registration; counted once for all, and only where somebody waits. */
  async waitlistPositions(
    stopId: string,
    registrations: readonly Delegation[],
  ): Promise<Map<string, number>> {
    if (registrations.every(({ queueNumber }) => queueNumber === null)) return new Map();
    const queue = await this.registrations.findQueue(this.database, stopId);
    return new Map(queue.map((id, index) => [id, index + 1]));
  }
}

/** The order of the list, so that no page goes on in another one, and its last registration. */
const cursorOf = (order: RegistrationOrder) => z.tuple([z.literal(order), Id]);
