import {
  plainArray,
  textArray,
  newId,
  type PipelinedTransaction,
  type Sql,
  type Transaction,
} from '#persistence';
import type { Delegate } from '../seats/delegation.js';

/** Somebody who left a delegation, or from whose seat another person goes. */
export interface Departure {
  readonly registrationId: string;
  readonly person: Delegate;
}

/** Keeps those who leave, for a while. */
export function sendDepartures(sql: PipelinedTransaction, departures: readonly Departure[]): void {
  sql.send(
    `INSERT INTO departed_delegates (id, registration_id, delegate_id, name, email, language, departed_at)
     SELECT *, now() FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[])`,
    [
      plainArray(departures.map(() => newId())),
      plainArray(departures.map(({ registrationId }) => registrationId)),
      plainArray(departures.map(({ person }) => person.id)),
      textArray(departures.map(({ person }) => person.name)),
      textArray(departures.map(({ person }) => person.email)),
      plainArray(departures.map(({ person }) => person.language)),
    ],
  );
}

/** The seats of a registration from which somebody left who is still kept. */
export async function loadDeparted(sql: Sql, registrationIds: readonly string[]): Promise<Set<string>> {
  if (registrationIds.length === 0) return new Set();
  const rows = (await sql.query(
    `SELECT d.delegate_id AS id FROM unnest($1::uuid[]) AS named (id)
      CROSS JOIN LATERAL (SELECT delegate_id FROM departed_delegates WHERE registration_id = named.id OFFSET 0) AS d`,
    [plainArray(registrationIds)],
  )) as { id: string }[];
  return new Set(rows.map(({ id }) => id));
}

/** Forgets who left a seat, or with `null` any seat of the registration. */
export function eraseDeparted(
  sql: PipelinedTransaction,
  { registrationId, delegateId }: { registrationId: string; delegateId: string | null },
): void {
  sql.send(
    `DELETE FROM departed_delegates WHERE registration_id = $1 AND ($2::uuid IS NULL OR delegate_id = $2)`,
    [registrationId, delegateId],
  );
}

/** @returns how many rows went, of people and of sign-ups */
export async function pruneDeparted(manager: Transaction, before: Date, take: number): Promise<number> {
  const [, people] = (await manager.query(
    `DELETE FROM departed_delegates
      WHERE id = ANY (ARRAY(SELECT id FROM departed_delegates WHERE departed_at < $1 LIMIT $2))`,
    [before, take],
  )) as [unknown, number];
  const [, signUps] = (await manager.query(
    `DELETE FROM ended_sign_ups
      WHERE ctid = ANY (ARRAY(SELECT ctid FROM ended_sign_ups WHERE ended_at < $1 LIMIT $2))`,
    [before, take],
  )) as [unknown, number];
  return Math.max(people, signUps);
}
