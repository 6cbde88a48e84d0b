import { z } from 'zod';
import { request } from './contract.js';
import { forEachDatabaseService } from './services.js';

/** Every service that reaches its database answers it: the gateway reports the readiness of the whole system. */
export const pings = forEachDatabaseService((service) =>
  request(`rpc.${service}.ping.v1`, {
    input: z.object({}),
    output: z.object({
      service: z.string(),
      /** For how long the oldest event has waited to be published. */
      eventLagMs: z.number(),
    }),
  }),
);
