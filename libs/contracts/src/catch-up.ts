import { z } from 'zod';
import { request } from './contract.js';

/**
 * Asks a service to bring its projection of one neighbour's aggregate up to a version, now.
 * The gateway sends it after an organizer's change and before the answer, so that whoever reads the answer
 * finds the neighbours caught up. Events do the same a moment later, and without it.
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
