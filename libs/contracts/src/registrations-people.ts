import { z } from 'zod';
import { request } from './contract.js';
import { delegateLanguages, registrationStatuses } from './registrations.js';
import { Id, Page, Version, pageOf, wholeNumber } from './values/values.js';

/*
 * For the service that writes to people: it keeps ids, and asks for addresses at the moment of sending. No other service
 * may make these requests, and the gateway neither.
 */

/** Registrations of one request at most. */
export const maxRegistrationsAsked = 200;
/** Sessions of one request at most. */
export const maxSessionsAsked = 200;

const language = z.enum(delegateLanguages).nullable();
const statuses = z.array(z.enum(registrationStatuses)).min(1);
const longPage = { cursor: Page.shape.cursor, limit: wholeNumber(1, 1_000).default(500) };

/**
 * The people of registrations, as they are now. Erased ones are left out, and so are registrations that are unknown.
 * An answer has a limit: what is `unanswered` is to be asked for again.
 */
export const getPeople = request('rpc.registrations.get-people.v1', {
  input: z.object({ registrationIds: z.array(Id).min(1).max(maxRegistrationsAsked) }),
  output: z.object({
    registrations: z.array(
      z.object({
        registrationId: z.string(),
        stopId: z.string(),
        companyId: z.string(),
        status: z.enum(registrationStatuses),
        seats: z.number().int(),
        waitlistPosition: z.number().int().nullable(),
        /** Why it was declined or cancelled. */
        reason: z.string().nullable(),
        delegates: z.array(
          z.object({
            id: z.string(),
            name: z.string(),
            email: z.string(),
            language,
            /** Present while the delegation is confirmed. */
            badge: z.string().nullable(),
          }),
        ),
        version: Version,
      }),
    ),
    unanswered: z.array(z.string()),
  }),
});

/** Those who left a delegation within the last days: removed, or replaced by somebody with another address. */
export const getDeparted = request('rpc.registrations.get-departed.v1', {
  input: z.object({ registrationIds: z.array(Id).min(1).max(maxRegistrationsAsked), ...longPage }),
  output: pageOf(
    z.object({
      registrationId: z.string(),
      stopId: z.string(),
      companyId: z.string(),
      /** A seat that was passed on keeps its id. */
      delegateId: z.string(),
      name: z.string(),
      email: z.string(),
      language,
      departedAt: z.string(),
    }),
  ),
});

/**
 * The ids of a stop's delegates in registrations of some statuses, in the order of registration.
 * `checkedIn` keeps those who have checked in, or those who have not.
 */
export const listAudience = request('rpc.registrations.list-audience.v1', {
  input: z.object({ stopId: Id, statuses, checkedIn: z.boolean().optional(), ...longPage }),
  output: pageOf(
    z.object({ delegateId: z.string(), registrationId: z.string(), companyId: z.string() }),
  ).extend({
    /** Of the whole audience, not of this page alone. */
    counts: z.object({ delegates: z.number().int(), registrations: z.number().int() }),
  }),
});

/**
 * The delegates who have signed up for any of these sessions, or had until the session itself ended for them (it was
 * cancelled or withdrawn) within the last days.
 */
export const getSignupHolders = request('rpc.registrations.get-signup-holders.v1', {
  input: z.object({ sessionIds: z.array(Id).min(1).max(maxSessionsAsked), ...longPage }),
  output: pageOf(
    z.object({
      delegateId: z.string(),
      registrationId: z.string(),
      companyId: z.string(),
      stopId: z.string(),
      sessionIds: z.array(z.string()),
      endedSessionIds: z.array(z.string()),
    }),
  ),
});
