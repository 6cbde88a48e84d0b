import { Injectable } from '@nestjs/common';
import type { DataOf, checkInChanged, listingChanged, registrationChanged, sessionChanged } from '#contracts';
import type { Transaction } from '#persistence';

/** The rows that figures are counted from, as their owners say. A row changes only to a newer version. */
@Injectable()
export class CountedRowsRepository {
  async upsertRegistrations(
    manager: Transaction,
    states: readonly DataOf<typeof registrationChanged>[],
  ): Promise<void> {
    const rows = sortedBy(states, ({ registrationId }) => registrationId);
    await manager.query(
      `INSERT INTO registrations (id, stop_id, company_id, confirmed, seats, version)
       SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::boolean[], $5::integer[], $6::integer[])
       ON CONFLICT (id) DO UPDATE SET confirmed = excluded.confirmed, seats = excluded.seats, version = excluded.version
         WHERE registrations.version < excluded.version`,
      [
        rows.map(({ registrationId }) => registrationId),
        rows.map(({ stopId }) => stopId),
        rows.map(({ companyId }) => companyId),
        rows.map(({ status }) => status === 'confirmed'),
        rows.map(({ seats }) => seats),
        rows.map(({ version }) => version),
      ],
    );
  }

  async upsertCheckIns(
    manager: Transaction,
    states: readonly DataOf<typeof checkInChanged>[],
  ): Promise<void> {
    const rows = sortedBy(states, ({ delegateId }) => delegateId);
    await manager.query(
      `INSERT INTO check_ins (delegate_id, registration_id, checked_in, version)
       SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::boolean[], $4::integer[])
       ON CONFLICT (delegate_id) DO UPDATE SET checked_in = excluded.checked_in, version = excluded.version
         WHERE check_ins.version < excluded.version`,
      [
        rows.map(({ delegateId }) => delegateId),
        rows.map(({ registrationId }) => registrationId),
        rows.map(({ checkedInAt }) => checkedInAt !== null),
        rows.map(({ version }) => version),
      ],
    );
  }

  async upsertSessions(
    manager: Transaction,
    states: readonly DataOf<typeof sessionChanged>[],
  ): Promise<void> {
    const rows = sortedBy(states, ({ sessionId }) => sessionId);
    await manager.query(
      `INSERT INTO sessions (id, stop_id, scheduled, version)
       SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::boolean[], $4::integer[])
       ON CONFLICT (id) DO UPDATE SET scheduled = excluded.scheduled, version = excluded.version
         WHERE sessions.version < excluded.version`,
      [
        rows.map(({ sessionId }) => sessionId),
        rows.map(({ stopId }) => stopId),
        rows.map(({ status }) => status === 'scheduled'),
        rows.map(({ version }) => version),
      ],
    );
  }

  async upsertListings(
    manager: Transaction,
    states: readonly DataOf<typeof listingChanged>[],
  ): Promise<void> {
    const rows = sortedBy(states, ({ listingId }) => listingId);
    await manager.query(
      `INSERT INTO listings (id, tour_id, company_id, ever_published, version)
       SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::boolean[], $5::integer[])
       ON CONFLICT (id) DO UPDATE SET ever_published = excluded.ever_published, version = excluded.version
         WHERE listings.version < excluded.version`,
      [
        rows.map(({ listingId }) => listingId),
        rows.map(({ tourId }) => tourId),
        rows.map(({ companyId }) => companyId),
        rows.map(({ publishedAt }) => publishedAt !== null),
        rows.map(({ version }) => version),
      ],
    );
  }
}

/** In one order, so that two transactions never wait for each other. */
function sortedBy<T>(rows: readonly T[], key: (row: T) => string): T[] {
  return [...rows].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
