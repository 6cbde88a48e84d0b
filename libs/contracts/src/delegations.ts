import { z } from 'zod';
import { request } from './contract.js';
import { Delegate, registrationStatuses } from './registrations.js';
import { Id } from './values/values.js';

// Requests of matching: which companies come to a stop, by whom, and when these people are taken.

const maxAsked = 2_000;

/** A delegation that is confirmed, pending or waiting. */
export const LiveDelegation = z.object({
  registrationId: z.string(),
  stopId: z.string(),
  companyId: z.string(),
  status: z.enum(registrationStatuses),
  version: z.number().int(),
  /** In the order of the delegation. */
  delegates: z.array(
    z.object({
      id: z.string(),
      /** When the delegate is in sessions that it signed up for. */
      taken: z.array(z.object({ sessionId: z.string(), from: z.string(), to: z.string() })),
    }),
  ),
});
export type LiveDelegation = z.output<typeof LiveDelegation>;

/** The live delegations of a stop, or of some companies at all stops, or of these companies at this stop. */
export const getDelegations = request('rpc.registrations.get-delegations.v1', {
  input: z.object({ stopId: Id.optional(), companyIds: z.array(Id).max(maxAsked).optional() }),
  output: z.object({ delegations: z.array(LiveDelegation) }),
});

export const DelegateContact = Delegate.pick({
  id: true,
  name: true,
  jobTitle: true,
  email: true,
  mobile: true,
}).extend({
  companyId: z.string(),
  stopId: z.string(),
  /** Another one once a substitute has taken the place; says nothing of the person. */
  personKey: z.string(),
});
export type DelegateContact = z.output<typeof DelegateContact>;

/** Delegates of live delegations with their contacts, for those to whom consent gives them. */
export const getDelegateContacts = request('rpc.registrations.get-delegate-contacts.v1', {
  input: z.object({ delegateIds: z.array(Id).max(maxAsked) }),
  output: z.object({ delegates: z.array(DelegateContact) }),
});

/** Whose badge this is at a stop. */
export const identifyBadge = request('rpc.registrations.identify-badge.v1', {
  input: z.object({ stopId: Id, badge: z.string().max(200) }),
  output: z.object({ delegateId: z.string(), companyId: z.string() }),
  errors: ['badge.unknown', 'badge.wrong_stop', 'badge.not_valid'],
});
