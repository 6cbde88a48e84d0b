import { auditLists, auditListsOf, type InputOf, type ListAudit } from '#contracts';
import { auditors } from './access.js';
import { operation } from './operation.js';

type Query = InputOf<ListAudit>;

export const auditOperations = [
  operation({
    id: 'listAudit',
    method: 'GET',
    path: '/v1/audit',
    tag: 'Audit',
    summary: 'Who changed what',
    description:
      "An organizer reads its own organization's lines and what companies changed of themselves, an admin all. " +
      'Contacts, keys and badges never appear. Oldest first, or with `sort=-createdAt` newest first.',
    access: auditors,
    status: 200,
    signature: { input: auditLists.stops.input, output: auditLists.stops.output, errors: [] },
    merges: ({ resourceType }: Query) =>
      resourceType === undefined ? Object.values(auditLists) : auditListsOf[resourceType],
  }),
];
