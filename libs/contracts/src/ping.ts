import { z } from 'zod';
import { request } from './contract.js';

/** Answered by every service that reaches its database: the gateway's readiness speaks for the whole system. */
const ping = <Service extends string>(service: Service) =>
  request(`rpc.${service}.ping.v1`, { input: z.object({}), output: z.object({ service: z.string() }) });

export const pingAccounts = ping('accounts');
export const pingStops = ping('stops');
export const pingRegistrations = ping('registrations');
export const pingSessions = ping('sessions');

export const pings = {
  accounts: pingAccounts,
  stops: pingStops,
  registrations: pingRegistrations,
  sessions: pingSessions,
} as const;
