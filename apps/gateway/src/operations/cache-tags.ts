import type { CacheTag } from './operation.js';

/** What is read of a stop's JSON here. */
interface StopShape {
  id: string;
  tourId: string;
  registration: { opensAt: string; closesAt: string };
}

/** What depends on one stop alone, named by `stopId` in the path. */
export function pathStopCacheTags(input: Record<string, string>): CacheTag[] {
  return [`stop:${input['stopId']}`];
}

/** A change of one stop shows in itself, in the order of the tour's stops, and in which tours the public sees. */
export function stopCacheTags(output: unknown): CacheTag[] {
  const stop = output as StopShape;
  return [`stop:${stop.id}`, `tour:${stop.tourId}`, 'tours'];
}

export function stopsCacheTags(output: unknown): CacheTag[] {
  return (output as { items: StopShape[] }).items.map((stop): CacheTag => `stop:${stop.id}`);
}

/** The next moment at which a window of the stop, or of one of the stops, opens or closes. */
export function nextWindowChangeMs(output: unknown, nowMs: number): number {
  const { items } = output as { items?: StopShape[] };
  const stops = items ?? [output as StopShape];
  const moments = stops.flatMap(({ registration }) => [
    Date.parse(registration.opensAt),
    Date.parse(registration.closesAt),
  ]);
  return Math.min(...moments.filter((moment) => moment > nowMs), Infinity);
}
