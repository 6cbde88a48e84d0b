import { Injectable } from '@nestjs/common';
import type { RegistrationOrder } from '#contracts';
import { type Reader } from '#persistence';
import type { DelegationStatus } from '../seats/delegation.js';

export interface RegistrationSearch {
  readonly stopId: string;
  /** `null` leaves a filter out. */
  readonly companyId: string | null;
  readonly statuses: readonly DelegationStatus[] | null;
  /** Folded text. */
  readonly text: string | null;
  readonly order: RegistrationOrder;
}

interface Order {
  readonly by: readonly string[];
  readonly direction: 'ASC' | 'DESC';
}

const registered = ['r.created_at', 'r.id'];

/** The organizer sees the Chinese name first, so that is what counts where there are two. */
const companyName = `coalesce(c.name->>'zh', c.name->>'en', '') COLLATE company_names`;

const orders: Readonly<Record<RegistrationOrder, Order>> = {
  createdAt: { by: registered, direction: 'ASC' },
  '-createdAt': { by: registered, direction: 'DESC' },
  company: { by: [companyName, ...registered], direction: 'ASC' },
  seats: { by: ['r.seats', ...registered], direction: 'ASC' },
};

/** Finds registrations of a stop, whose rows an index gives; the texts among them are compared one by one. */
@Injectable()
export class RegistrationSearchRepository {
  /** @param afterId the last registration of the page before; the page begins where it now stands */
  async findIds(
    manager: Reader,
    { stopId, companyId, statuses, text, order }: RegistrationSearch,
    afterId: string | null,
    take: number,
  ): Promise<string[]> {
    const rows = (await manager.query(searches[order], [
      stopId,
      companyId,
      statuses,
      text,
      afterId,
      take,
    ])) as { id: string }[];
    return rows.map(({ id }) => id);
  }
}

/** By its index, whatever the planner thinks of the table. */
const withCompany = `
  LEFT JOIN LATERAL (
    SELECT name, search_text FROM companies WHERE company_id = r.company_id OFFSET 0) AS c ON true`;

const searches = {
  createdAt: searchBy(orders.createdAt),
  '-createdAt': searchBy(orders['-createdAt']),
  company: searchBy(orders.company),
  seats: searchBy(orders.seats),
} as const satisfies Record<RegistrationOrder, string>;

function searchBy({ by, direction }: Order): string {
  const keys = by.join(', ');
  const last = `SELECT ${keys} FROM registrations r ${withCompany} WHERE r.id = $5`;
  return `
    SELECT r.id FROM registrations r ${withCompany}
     WHERE r.stop_id = $1 AND ($2::uuid IS NULL OR r.company_id = $2)
       AND ($3::text[] IS NULL OR r.status = ANY ($3))
       AND ($4::text IS NULL OR strpos(c.search_text, $4) > 0
            OR EXISTS (SELECT FROM delegates d WHERE d.registration_id = r.id AND strpos(d.search_text, $4) > 0))
       AND ($5::uuid IS NULL OR (${keys}) ${direction === 'ASC' ? '>' : '<'} (${last}))
     ORDER BY ${by.map((term) => `${term} ${direction}`).join(', ')} LIMIT $6`;
}
