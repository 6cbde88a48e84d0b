import { Injectable } from '@nestjs/common';
import { jsonArray, plainArray, textArray, type Reader, type Transaction } from '#persistence';
import type { AggregateEntity } from './aggregate.entity.js';

/** The rows of the last published states. */
@Injectable()
export class AggregateRepository {
  async find(
    manager: Reader,
    keys: readonly Pick<AggregateEntity, 'kind' | 'id'>[],
  ): Promise<AggregateEntity[]> {
    return (await manager.query(
      `SELECT a.kind, a.id, a.version, a.company_id AS "companyId", a.stop_id AS "stopId", a.snapshot
         FROM unnest($1::text[], $2::uuid[]) AS wanted (kind, id)
        CROSS JOIN LATERAL (SELECT * FROM aggregates WHERE kind = wanted.kind AND id = wanted.id OFFSET 0) AS a`,
      [textArray(keys.map(({ kind }) => kind)), plainArray(keys.map(({ id }) => id))],
    )) as AggregateEntity[];
  }

  async save(manager: Transaction, rows: readonly AggregateEntity[]): Promise<void> {
    await manager.query(
      `INSERT INTO aggregates (kind, id, version, company_id, stop_id, snapshot)
       SELECT * FROM unnest($1::text[], $2::uuid[], $3::integer[], $4::uuid[], $5::uuid[], $6::jsonb[])
       ON CONFLICT (kind, id) DO UPDATE
         SET version = excluded.version, company_id = excluded.company_id, stop_id = excluded.stop_id,
             snapshot = excluded.snapshot`,
      [
        textArray(rows.map(({ kind }) => kind)),
        plainArray(rows.map(({ id }) => id)),
        plainArray(rows.map(({ version }) => version)),
        plainArray(rows.map(({ companyId }) => companyId)),
        plainArray(rows.map(({ stopId }) => stopId)),
        jsonArray(rows.map(({ snapshot }) => JSON.stringify(snapshot))),
      ],
    );
  }
}
