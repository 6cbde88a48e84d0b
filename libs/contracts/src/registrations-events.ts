import { z } from 'zod';
import { event } from './contract.js';
import { registrationStatuses } from './registrations.js';
import { Version } from './values/values.js';

/** Other services receive only ids and counts of a delegation. The reason may name people, so who needs it asks. */
export const registrationChanged = event(
  'evt.registrations.registration-changed.v1',
  z.object({
    registrationId: z.string(),
    stopId: z.string(),
    companyId: z.string(),
    status: z.enum(registrationStatuses),
    seats: z.number().int(),
    /** Absent in events of earlier versions. A substitute keeps the id. */
    delegateIds: z.array(z.string()).optional(),
    version: Version,
  }),
);

/** Whether a delegate has checked in, and when; published again when the check-in is taken back, or the seat passed on. */
export const checkInChanged = event(
  'evt.registrations.check-in-changed.v1',
  z.object({
    delegateId: z.string(),
    registrationId: z.string(),
    stopId: z.string(),
    companyId: z.string(),
    checkedInAt: z.string().nullable(),
    version: Version,
  }),
);

/** All sign-ups of a delegation for sessions; its `version` counts apart from the registration's. */
export const signUpsChanged = event(
  'evt.registrations.sign-ups-changed.v1',
  z.object({
    registrationId: z.string(),
    stopId: z.string(),
    companyId: z.string(),
    signUps: z.array(z.object({ sessionId: z.string(), delegateIds: z.array(z.string()) })),
    version: Version,
  }),
);
