/**
 * How the events of registrations come. Nobody waits for their effect here, since a request that needs the present state asks
 * for it, and in a rush a transaction for each event would slow down registering. A consumer is gathered only where all
 * its handlers are.
 */
export const gathered = { batched: true, gatherMs: 400 } as const;
