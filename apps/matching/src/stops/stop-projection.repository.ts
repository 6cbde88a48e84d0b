import { Injectable } from '@nestjs/common';
import type { StopState } from '#contracts';
import { plainArray, type Reader, type Transaction } from '#persistence';

export interface KnownStop {
  readonly state: StopState;
  readonly movesApplied: number;
}

const columns = `state, moves_applied AS "movesApplied"`;

/** The rows of this service's copy of the stops. */
@Injectable()
export class StopProjectionRepository {
  async find(manager: Reader, id: string): Promise<KnownStop | null> {
    const rows = (await manager.query(`SELECT ${columns} FROM stops WHERE id = $1`, [id])) as KnownStop[];
    return rows[0] ?? null;
  }

  /** Locks a known stop: for share while single meetings change, for update while many do. */
  async lock(manager: Transaction, id: string, mode: 'SHARE' | 'UPDATE'): Promise<KnownStop> {
    const sql = `SELECT ${columns} FROM stops WHERE id = $1 FOR ${mode}`;
    const [stop] = (await manager.query(sql, [id])) as KnownStop[];
    if (stop === undefined) throw new Error(`Stop ${id} is not known here.`);
    return stop;
  }

  /** @returns the states of those stops that are known, by id */
  async findKnown(manager: Reader, ids: readonly string[]): Promise<ReadonlyMap<string, StopState>> {
    const rows = (await manager.query('SELECT state FROM stops WHERE id = ANY ($1::uuid[])', [
      plainArray(ids),
    ])) as Pick<KnownStop, 'state'>[];
    return new Map(rows.map(({ state }) => [state.id, state]));
  }

  /** @returns false for a stop that is known already, which is left as it is */
  async insert(manager: Transaction, state: StopState): Promise<boolean> {
    const inserted = (await manager.query(
      `INSERT INTO stops (id, tour_id, organization_id, state, version, moves_applied)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO NOTHING RETURNING 1`,
      [
        state.id,
        state.tourId,
        state.organizationId,
        JSON.stringify(state),
        state.version,
        state.moves.length,
      ],
    )) as unknown[];
    return inserted.length > 0;
  }

  /** Replaces the state, with all of its moves counted as followed. */
  async update(manager: Transaction, state: StopState): Promise<void> {
    await manager.query(`UPDATE stops SET state = $2, version = $3, moves_applied = $4 WHERE id = $1`, [
      state.id,
      JSON.stringify(state),
      state.version,
      state.moves.length,
    ]);
  }

  /** Whose tour it is, as far as stops of it are known. */
  async findOrganization(manager: Reader, tourId: string): Promise<string | null> {
    const rows = (await manager.query(`SELECT organization_id AS id FROM stops WHERE tour_id = $1 LIMIT 1`, [
      tourId,
    ])) as { id: string }[];
    return rows[0]?.id ?? null;
  }
}
