/**
 * How events come. Figures may be 10 s behind, and who needs the present state of a stop or a meeting asks for it; in a
 * rush a transaction for each event would slow down registering. A consumer is gathered only where all its handlers are.
 */
export const gathered = { batched: true, gatherMs: 400 } as const;
