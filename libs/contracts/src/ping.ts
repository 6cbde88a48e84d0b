import { z } from 'zod';
import { request } from './contract.js';
import { forEachDatabaseService } from './services.js';

/** Answered by every service that reaches its database: the gateway's readiness speaks for the whole system. */
export const pings = forEachDatabaseService((service) =>
  request(`rpc.${service}.ping.v1`, { input: z.object({}), output: z.object({ service: z.string() }) }),
);
