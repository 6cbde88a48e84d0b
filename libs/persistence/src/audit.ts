import { Brackets, type SelectQueryBuilder } from 'typeorm';
import {
  auditedTypes,
  formatInstant,
  type Caller,
  type InputOf,
  type ListAudit,
  type OutputOf,
} from '#contracts';
import type { Reader } from './database.js';
import { AuditEntity } from './write-tables.entity.js';

type Query = InputOf<ListAudit>;
type Page = OutputOf<ListAudit>;
type Line = Page['items'][number];

/** The lines of this service's audit that a caller may read, in the order that was asked for. */
export async function readAudit(database: Reader, caller: Caller, query: Query): Promise<Page> {
  const order = query.sort === '-createdAt' ? 'DESC' : 'ASC';
  const find = database.createQueryBuilder(AuditEntity, 'line').orderBy('line.id', order);
  filter(find, caller, query);
  const rows = await find.take(query.limit + 1).getMany();
  const items = rows.slice(0, query.limit).map(lineOf);
  return { items, nextCursor: rows.length > query.limit ? (items.at(-1)?.id ?? null) : null };
}

/** A parameter that was not given makes no condition, so that the index that fits is taken. */
function filter(find: SelectQueryBuilder<AuditEntity>, caller: Caller, query: Query): void {
  const types = query.resourceType === undefined ? auditedTypes : [query.resourceType];
  find.where('line.resourceType = ANY(:types)', { types });
  if (query.resourceId !== undefined) find.andWhere('line.resourceId = :id', { id: query.resourceId });
  const beyond = query.sort === '-createdAt' ? '<' : '>';
  if (query.cursor !== undefined) find.andWhere(`line.id ${beyond} :cursor`, { cursor: query.cursor });
  if (caller.role === 'admin') return;
  // Companies belong to no organization and every organizer sees them, so their own changes are seen as well.
  const shared = "(line.organizationId IS NULL AND line.resourceType = 'company')";
  const own = caller.organizationId ?? null;
  find.andWhere(
    new Brackets((either) => either.where('line.organizationId = :own', { own }).orWhere(shared)),
  );
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
