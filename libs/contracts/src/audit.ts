import { z } from 'zod';
import { roles } from './caller.js';
import { request } from './contract.js';
import { forEachDatabaseService } from './services.js';
import { Id, Page } from './values/values.js';

/** The types of resources whose changes organizers and admins can look up. */
export const auditedTypes = [
  'company',
  'tour',
  'stop',
  'registration',
  'session',
  'member',
  'webhook',
  'announcement',
  'listing',
  'meeting',
  'plan',
  'follow-up',
  'ledger',
] as const;

export const auditSorts = ['createdAt', '-createdAt'] as const;

/** One change of one resource by one caller. Holds ids, states and counts: no contacts, keys or badges. */
export const AuditLine = z.object({
  id: z.string(),
  at: z.string(),
  /** A change that the system makes because another service changed has the role `admin` and no key. */
  actor: z.object({
    role: z.enum(roles),
    keyId: z.string().nullable(),
    /** The person who was signed in; `null` for a caller with an API key. */
    userId: z.string().nullable(),
  }),
  resourceType: z.enum(auditedTypes),
  resourceId: z.string(),
  action: z.string().meta({ examples: ['stop.publish'] }),
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
  requestId: z.string(),
});

/**
 * Each service lists the changes that it made; only together are they complete. Their lines are merged by their ids,
 * which increase with time, so the cursor is the last id shown.
 */
export const auditLists = forEachDatabaseService((service) =>
  request(`rpc.${service}.list-audit.v1`, {
    input: z.strictObject({
      resourceType: z.enum(auditedTypes).optional(),
      resourceId: Id.optional(),
      /** Oldest first, or with `-createdAt` newest first. */
      sort: z.enum(auditSorts).optional(),
      limit: Page.shape.limit,
      cursor: Id.optional(),
    }),
    output: z.object({ items: z.array(AuditLine), nextCursor: z.string().nullable() }),
  }),
);

export type ListAudit = (typeof auditLists)['stops'];

/** The services that store lines of each type: a timetable belongs to a stop, and sessions releases it. */
export const auditListsOf = {
  company: [auditLists.accounts],
  tour: [auditLists.stops],
  stop: [auditLists.stops, auditLists.sessions],
  registration: [auditLists.registrations],
  session: [auditLists.sessions],
  member: [auditLists.accounts],
  webhook: [auditLists.notifications],
  announcement: [auditLists.notifications],
  listing: [auditLists.matching],
  meeting: [auditLists.matching, auditLists.outcomes],
  plan: [auditLists.matching],
  'follow-up': [auditLists.outcomes],
  ledger: [auditLists.outcomes],
} as const satisfies Record<(typeof auditedTypes)[number], readonly unknown[]>;
