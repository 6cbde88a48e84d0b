import { z } from 'zod';
import { request } from './contract.js';
import { LocalizedName } from './values/values.js';

const catchUpInput = z.object({ id: z.string(), version: z.number().int() });

/**
 * Makes a service bring its projection of another service's aggregate up to a version. The gateway sends it after an
 * organizer's change and before the answer, so that the client's next request finds all services up to date. Events
 * bring the same state a moment later, so nothing depends on this request.
 */
const catchUpOn = (
  service: 'registrations' | 'sessions' | 'matching',
  aggregate: 'stop' | 'company' | 'session',
) =>
  request(`rpc.${service}.catch-up-on-${aggregate}.v1`, {
    input: catchUpInput,
    output: z.null(),
  });

export const registrationsCatchUpOnStop = catchUpOn('registrations', 'stop');
export const registrationsCatchUpOnCompany = catchUpOn('registrations', 'company');
export const registrationsCatchUpOnSession = catchUpOn('registrations', 'session');

/** A session that a change of its stop took its place. */
export const UnscheduledSession = z.object({
  id: z.string(),
  title: LocalizedName,
  reason: z.string().nullable(),
});
export type UnscheduledSession = z.output<typeof UnscheduledSession>;

/** Besides, it answers which sessions that version of the stop took their place. */
export const sessionsCatchUpOnStop = request('rpc.sessions.catch-up-on-stop.v1', {
  input: catchUpInput,
  output: z.object({ unscheduledSessions: z.array(UnscheduledSession) }).nullable(),
});
export const sessionsCatchUpOnCompany = catchUpOn('sessions', 'company');
export const matchingCatchUpOnStop = catchUpOn('matching', 'stop');
export const matchingCatchUpOnCompany = catchUpOn('matching', 'company');
