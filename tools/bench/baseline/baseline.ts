import { inOwnProcess } from '../in-own-process.js';

export interface FloorPlan {
  readonly databaseUrl: string;
  readonly registrations: number;
  /** Connections that write side by side. */
  readonly writers: number;
  /** Registrations written in one transaction. */
  readonly perTransaction: number;
}

export interface FloorResult {
  readonly perSecond: number;
  readonly seconds: number;
  readonly cpuMs: number;
  /** 99 of 100 transactions took no longer. */
  readonly p99Ms: number;
}

/** What PostgreSQL does with the rows of registrations when nothing stands before it. */
export function floor(plan: FloorPlan): Promise<FloorResult> {
  return inOwnProcess<FloorPlan, FloorResult>(new URL('baseline-process.ts', import.meta.url), plan);
}
