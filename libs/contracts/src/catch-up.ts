import { z } from 'zod';
import { request } from './contract.js';

/**
 * Makes a service bring its projection of another service's aggregate up to a version. The gateway sends it after an
 * organizer's change and before the answer, so that the client's next request finds all services up to date. Events
 * bring the same state a moment later, so nothing depends on this request.
 */
const catchUpOn = (service: 'registrations' | 'sessions', aggregate: 'stop' | 'company' | 'session') =>
  request(`rpc.${service}.catch-up-on-${aggregate}.v1`, {
    input: z.object({ id: z.string(), version: z.number().int() }),
    output: z.null(),
  });

export const registrationsCatchUpOnStop = catchUpOn('registrations', 'stop');
export const registrationsCatchUpOnCompany = catchUpOn('registrations', 'company');
export const registrationsCatchUpOnSession = catchUpOn('registrations', 'session');
export const sessionsCatchUpOnStop = catchUpOn('sessions', 'stop');
export const sessionsCatchUpOnCompany = catchUpOn('sessions', 'company');
