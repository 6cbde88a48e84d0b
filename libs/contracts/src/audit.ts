import { z } from 'zod';
import { roles } from './caller.js';
import { request } from './contract.js';
import { Id, Page } from './values.js';

/** The kinds of resources whose changes organizers and admins can look up. */
export const auditedTypes = ['company', 'tour', 'stop', 'registration', 'session'] as const;

/** What one caller changed of one resource. Holds ids, states and counts: no contacts, keys or badges. */
export const AuditLine = z.object({
  id: z.string(),
  at: z.string(),
  /** A change that the system makes by itself, since a neighbour changed, has the role `admin` and no key. */
  actor: z.object({ role: z.enum(roles), keyId: z.string().nullable() }),
  resourceType: z.enum(auditedTypes),
  resourceId: z.string(),
  action: z.string().meta({ examples: ['stop.publish'] }),
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
  requestId: z.string(),
});

/** The lines of all services are merged by their ids, which rise with time, so the cursor is the last id shown. */
const listAudit = <Service extends string>(service: Service) =>
  request(`rpc.${service}.list-audit.v1`, {
    input: z.strictObject({
      resourceType: z.enum(auditedTypes).optional(),
      resourceId: Id.optional(),
      limit: Page.shape.limit,
      cursor: Id.optional(),
    }),
    output: z.object({ items: z.array(AuditLine), nextCursor: z.string().nullable() }),
  });

export const listAuditOfAccounts = listAudit('accounts');
export const listAuditOfStops = listAudit('stops');
export const listAuditOfRegistrations = listAudit('registrations');
export const listAuditOfSessions = listAudit('sessions');

/** Each service tells of the changes it made; each has the whole truth only together with the others. */
export const auditLists = {
  accounts: listAuditOfAccounts,
  stops: listAuditOfStops,
  registrations: listAuditOfRegistrations,
  sessions: listAuditOfSessions,
} as const;

/** Who keeps lines about which kind: timetables belong to stops, and sessions releases them. */
export const auditListsOf = {
  company: [listAuditOfAccounts],
  tour: [listAuditOfStops],
  stop: [listAuditOfStops, listAuditOfSessions],
  registration: [listAuditOfRegistrations],
  session: [listAuditOfSessions],
} as const satisfies Record<(typeof auditedTypes)[number], readonly unknown[]>;
