import { Injectable } from '@nestjs/common';
import {
  notFound,
  type Caller,
  type InputOf,
  type Localized,
  type OutputOf,
  type Registration,
  type getAvailability,
  type listRegistrations,
} from '#contracts';
import { cutPage, decodeCursor, Database } from '#persistence';
import { StopRepository } from '../stops/stop.repository.js';
import { readCursor } from './created-cursor.js';
import type { Delegation } from '../seats/delegation.js';
import { registrationStateOf } from '../seats/registration-window.js';
import { registrationView } from '../seats/registration-view.js';
import { findDelegations, readStop } from '../seating/seat-rows.repository.js';
import { freeSeats, type StopSeats } from '../seats/stop-seats.js';

export type VisibleStop = StopSeats & { everPublished: boolean };

/** Reads of registrations. They lock nothing and decide nothing. */
@Injectable()
export class RegistrationReads {
  constructor(
    private readonly database: Database,
    private readonly stops: StopRepository,
  ) {}

  async stopOf(registrationId: string): Promise<string | undefined> {
    const rows = (await this.database.query('SELECT stop_id FROM registrations WHERE id = $1', [
      registrationId,
    ])) as { stop_id: string }[];
    return rows[0]?.stop_id;
  }

  async get(id: string, caller: Caller): Promise<Registration> {
    const { delegation, stopId } = await this.find(id, caller);
    return this.view(stopId, delegation);
  }

  /** A registration that the caller may see: its company, and the organizer of its stop. */
  async find(id: string, caller: Caller): Promise<{ delegation: Delegation; stopId: string }> {
    const [found] = await findDelegations(this.database, 'r.id = $1', [id]);
    if (found === undefined) throw notFound('registration');
    const stop = await readStop(this.database, found.stopId);
    const own = caller.role === 'company' && caller.companyId === found.companyId;
    const organizes = caller.role === 'organizer' && caller.organizationId === stop?.organizationId;
    if (!own && !organizes) throw notFound('registration');
    return { delegation: found, stopId: found.stopId };
  }

  async list(
    query: InputOf<typeof listRegistrations>,
    caller: Caller,
  ): Promise<OutputOf<typeof listRegistrations>> {
    const stop = await this.visibleStop(query.stopId, caller);
    if (caller.role === 'organizer' && caller.organizationId !== stop.organizationId) throw notFound('stop');
    const [createdAt, id] = readCursor(decodeCursor(query.cursor, 2));
    const rows = await findDelegations(
      this.database,
      `r.stop_id = $1 AND ($2::uuid IS NULL OR r.company_id = $2) AND ($3::text[] IS NULL OR r.status = ANY($3))
         AND ($4::timestamptz IS NULL OR (r.created_at, r.id) > ($4, $5::uuid))
       ORDER BY r.created_at, r.id LIMIT $6`,
      [
        query.stopId,
        caller.role === 'company' ? caller.companyId : null,
        query.status ?? null,
        createdAt,
        id,
        query.limit + 1,
      ],
    );
    const { items, nextCursor } = cutPage(rows, query.limit, (row) => [row.createdAt.toISOString(), row.id]);
    return { items: await this.views(query.stopId, items), nextCursor };
  }

  async availability(stopId: string, caller: Caller): Promise<OutputOf<typeof getAvailability>> {
    const stop = await this.visibleStop(stopId, caller);
    return {
      capacity: stop.capacity,
      confirmed: stop.confirmedSeats,
      pending: stop.pendingSeats,
      waitlisted: stop.waitlistedSeats,
      left: Math.max(0, freeSeats(stop)),
      registrationState: registrationStateOf(stop, new Date()),
    };
  }

  /** Everybody sees what was ever published; a draft its organizers, the door of that very stop, and admins. */
  async visibleStop(stopId: string, caller: Caller): Promise<VisibleStop> {
    await this.stops.require(stopId);
    const stop = await readStop(this.database, stopId);
    if (stop === undefined || !(stop.everPublished || mayPrepare(caller, stopId, stop.organizationId)))
      throw notFound('stop');
    return stop;
  }

  /** Places on the waiting list, by registration; counted once for all, and only where somebody waits. */
  async waitlistPositions(stopId: string, delegations: readonly Delegation[]): Promise<Map<string, number>> {
    if (delegations.every(({ queueNumber }) => queueNumber === null)) return new Map();
    const rows = (await this.database.query(
      `SELECT id FROM registrations WHERE stop_id = $1 AND queue_number IS NOT NULL ORDER BY queue_number`,
      [stopId],
    )) as { id: string }[];
    return new Map(rows.map(({ id }, index) => [id, index + 1]));
  }

  async companyNames(companyIds: readonly string[]): Promise<Map<string, Localized>> {
    const rows = (await this.database.query(
      'SELECT company_id AS id, name FROM companies WHERE company_id = ANY($1::uuid[])',
      [companyIds],
    )) as { id: string; name: Localized }[];
    return new Map(rows.map(({ id, name }) => [id, name]));
  }

  /** One registration as its company sees it. */
  async view(stopId: string, delegation: Delegation): Promise<Registration> {
    const [view] = await this.views(stopId, [delegation]);
    if (view === undefined) throw notFound('registration');
    return view;
  }

  private async views(stopId: string, delegations: readonly Delegation[]): Promise<Registration[]> {
    const positions = await this.waitlistPositions(stopId, delegations);
    const names = await this.companyNames(delegations.map(({ companyId }) => companyId));
    return delegations.map((one) =>
      registrationView(stopId, one, positions.get(one.id) ?? null, names.get(one.companyId) ?? {}),
    );
  }
}

function mayPrepare(caller: Caller, stopId: string, organizationId: string): boolean {
  if (caller.role === 'staff') return caller.stopId === stopId;
  return caller.role === 'admin' || caller.organizationId === organizationId;
}
