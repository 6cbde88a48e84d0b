import {
  auditedTypes,
  formatInstant,
  type Caller,
  type InputOf,
  type OutputOf,
  type ListAudit,
} from '#contracts';
import type { Reader } from './database.js';

type Query = InputOf<ListAudit>;
type Page = OutputOf<ListAudit>;
type Line = Page['items'][number];

interface AuditRow {
  id: string;
  at: Date;
  actor_role: Line['actor']['role'];
  actor_key_id: string | null;
  resource_type: Line['resourceType'];
  resource_id: string;
  action: string;
  before: Line['before'];
  after: Line['after'];
  request_id: string;
}

/** The lines of this service's audit that a caller may read, oldest first. */
export async function readAudit(database: Reader, caller: Caller, query: Query): Promise<Page> {
  const { conditions, values } = conditionsOf(caller, query);
  const rows = (await database.query(
    `SELECT id, at, actor_role, actor_key_id, resource_type, resource_id, action, before, after, request_id
       FROM audit WHERE ${conditions.join(' AND ')} ORDER BY id LIMIT ${query.limit + 1}`,
    values,
  )) as AuditRow[];
  const items = rows.slice(0, query.limit).map(lineOf);
  return { items, nextCursor: rows.length > query.limit ? (items.at(-1)?.id ?? null) : null };
}

/** Only what is asked becomes a condition, so that the index that fits is taken. */
function conditionsOf(caller: Caller, query: Query): { conditions: string[]; values: unknown[] } {
  const conditions: string[] = [];
  const values: unknown[] = [];
  const add = (condition: string, value: unknown) =>
    conditions.push(condition.replace('?', `$${values.push(value)}`));
  add('resource_type = ANY(?)', query.resourceType === undefined ? auditedTypes : [query.resourceType]);
  if (query.resourceId !== undefined) add('resource_id = ?', query.resourceId);
  if (query.cursor !== undefined) add('id > ?', query.cursor);
  // Companies belong to no organization and every organizer sees them, so what they change themselves is seen as well.
  if (caller.role !== 'admin') {
    const shared = "(organization_id IS NULL AND resource_type = 'company')";
    add(`(organization_id = ? OR ${shared})`, caller.organizationId ?? null);
  }
  return { conditions, values };
}

function lineOf(row: AuditRow): Line {
  return {
    id: row.id,
    at: formatInstant(row.at),
    actor: { role: row.actor_role, keyId: row.actor_key_id },
    resourceType: row.resource_type,
    resourceId: row.resource_id,
    action: row.action,
    before: row.before,
    after: row.after,
    requestId: row.request_id,
  };
}
