import {
  auditedTypes,
  formatInstant,
  type Caller,
  type InputOf,
  type ListAudit,
  type OutputOf,
} from '#contracts';
import type { UnitOfWork } from './unit-of-work.js';
import type { AuditEntity } from './write-tables.entity.js';

type Query = InputOf<ListAudit>;
type Page = OutputOf<ListAudit>;
type Line = Page['items'][number];

/** The lines of this service's audit that a caller may read, in the order that was asked for. */
export async function readAudit(unitOfWork: UnitOfWork, caller: Caller, query: Query): Promise<Page> {
  const { text, values } = auditStatement(caller, query);
  const rows = await unitOfWork.pipelined(async (sql) => {
    // Where it expects few rows, PostgreSQL would collect all lines of an organization and sort them, for a page of fifty.
    sql.send('SET LOCAL enable_bitmapscan = off');
    return (await sql.query(text, values)) as AuditEntity[];
  });
  const items = rows.slice(0, query.limit).map(lineOf);
  return { items, nextCursor: rows.length > query.limit ? (items.at(-1)?.id ?? null) : null };
}

const columns = `id, at, actor_role AS "actorRole", actor_key_id AS "actorKeyId", actor_user_id AS "actorUserId",
  resource_type AS "resourceType", resource_id AS "resourceId", action, before, after, request_id AS "requestId"`;

/**
 * Each set of lines that the caller may read is a page of its own, read by its index in the order of ids until it is full,
 * and the pages are merged: no index serves one condition for all of them.
 */
function auditStatement(caller: Caller, query: Query): { text: string; values: unknown[] } {
  const types = query.resourceType === undefined ? auditedTypes : [query.resourceType];
  const values: unknown[] = [query.limit + 1, types];
  const given = (value: unknown) => `$${values.push(value)}::uuid`;
  const [order, beyond] = query.sort === '-createdAt' ? ['id DESC', '<'] : ['id', '>'];
  const wanted = ['resource_type = ANY ($2::text[])'];
  if (query.resourceId !== undefined) wanted.push(`resource_id = ${given(query.resourceId)}`);
  if (query.cursor !== undefined) wanted.push(`id ${beyond} ${given(query.cursor)}`);
  const pages = setsOf(caller, query, types, given).map(
    (set) =>
      `(SELECT ${columns} FROM audit WHERE ${[...set, ...wanted].join(' AND ')} ORDER BY ${order} LIMIT $1)`,
  );
  return { text: `SELECT * FROM (${pages.join(' UNION ALL ')}) AS line ORDER BY ${order} LIMIT $1`, values };
}

/** The conditions of each set of lines that a caller may read. */
function setsOf(
  { role, organizationId }: Caller,
  { resourceId }: Query,
  types: readonly Line['resourceType'][],
  given: (value: unknown) => string,
): (readonly string[])[] {
  if (role === 'admin') return [[]];
  const own = `organization_id = ${given(organizationId ?? null)}`;
  if (!types.includes('company')) return [[own]];
  // Companies belong to no organization and every organizer sees them, so their own changes are seen as well.
  const shared = ['organization_id IS NULL', "resource_type = 'company'"];
  // One resource has few lines, which its own index has together.
  return resourceId === undefined ? [[own], shared] : [[`(${own} OR (${shared.join(' AND ')}))`]];
}

function lineOf(row: AuditEntity): Line {
  return {
    id: row.id,
    at: formatInstant(row.at),
    actor: { role: row.actorRole as Line['actor']['role'], keyId: row.actorKeyId, userId: row.actorUserId },
    resourceType: row.resourceType as Line['resourceType'],
    resourceId: row.resourceId,
    action: row.action,
    before: row.before,
    after: row.after,
    requestId: row.requestId,
  };
}
