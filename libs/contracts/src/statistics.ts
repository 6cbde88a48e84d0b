import { z } from 'zod';
import { request } from './contract.js';
import { Id } from './values/values.js';

export const funnelStages = [
  'registered',
  'attended',
  'listed',
  'asked',
  'accepted',
  'placed',
  'held',
  'secondContact',
  'cooperation',
  'agreement',
] as const;
export type FunnelStage = (typeof funnelStages)[number];

/** What stands in place of a small count where the public reads it. */
export const hiddenCount = '<5';
/** Counts from here on are shown to everybody. */
export const smallestShownCount = 5;

const Count = z.union([z.number().int(), z.literal(hiddenCount)]);
export type Count = z.output<typeof Count>;

export const FunnelStep = z.object({
  stage: z.enum(funnelStages),
  unit: z.enum(['companies', 'meetings']),
  numerator: Count,
  denominator: Count,
});
export type FunnelStep = z.output<typeof FunnelStep>;

export const StopResults = z.object({
  funnel: z.array(FunnelStep),
  totals: z.object({ delegates: Count, sessions: Count, members: Count, cases: Count, papers: Count }),
});
export type StopResults = z.output<typeof StopResults>;

export const TourStatistics = StopResults.extend({
  stops: z.array(StopResults.extend({ stopId: z.string() })),
});
export type TourStatistics = z.output<typeof TourStatistics>;

export const getStopResults = request('rpc.outcomes.get-stop-results.v1', {
  input: z.strictObject({ stopId: Id }),
  output: StopResults,
  errors: ['resource.not_found'],
});

export const getTourStatistics = request('rpc.outcomes.get-tour-statistics.v1', {
  input: z.strictObject({ tourId: Id }),
  output: TourStatistics,
  errors: ['resource.not_found'],
});

const csv = z.object({ fileName: z.string(), csv: z.string() });

/** One row for each stage. */
export const exportStopResults = request('rpc.outcomes.export-stop-results.v1', {
  input: z.strictObject({ stopId: Id }),
  output: csv,
  errors: ['resource.not_found'],
});

/** The tour's own rows, which name no stop, and then those of each stop. */
export const exportTourStatistics = request('rpc.outcomes.export-tour-statistics.v1', {
  input: z.strictObject({ tourId: Id }),
  output: csv,
  errors: ['resource.not_found'],
});
