import { Injectable } from '@nestjs/common';
import type { StopState } from '#contracts';
import type { Reader, Transaction } from '#persistence';

/** The rows of this service's copy of the stops. */
@Injectable()
export class StopProjectionRepository {
  async find(manager: Reader, id: string): Promise<StopState | null> {
    const rows = (await manager.query(`SELECT state FROM stops WHERE id = $1`, [id])) as {
      state: StopState;
    }[];
    return rows[0]?.state ?? null;
  }

  /** The stops of a tour in order of their start, without those deleted. */
  async listOfTour(manager: Reader, tourId: string): Promise<StopState[]> {
    const rows = (await manager.query(
      `SELECT state FROM stops WHERE tour_id = $1 AND NOT coalesce((state->>'deleted')::boolean, false)
        ORDER BY (state->>'startsAt')::timestamptz, id`,
      [tourId],
    )) as { state: StopState }[];
    return rows.map(({ state }) => state);
  }

  /** Only a newer state replaces the present one, so events may come twice and in any order. Sorted: no deadlocks. */
  async upsert(manager: Transaction, states: readonly StopState[]): Promise<void> {
    const rows = [...states].sort((a, b) => (a.id < b.id ? -1 : 1));
    await manager.query(
      `INSERT INTO stops (id, tour_id, organization_id, state, version)
       SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::jsonb[], $5::integer[])
       ON CONFLICT (id) DO UPDATE SET tour_id = excluded.tour_id, organization_id = excluded.organization_id,
         state = excluded.state, version = excluded.version WHERE stops.version < excluded.version`,
      [
        rows.map(({ id }) => id),
        rows.map(({ tourId }) => tourId),
        rows.map(({ organizationId }) => organizationId),
        rows.map((state) => JSON.stringify(state)),
        rows.map(({ version }) => version),
      ],
    );
  }
}
