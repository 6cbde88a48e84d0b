import type { Topic } from './operation.js';

/** What is read of a stop's JSON here. */
interface StopShape {
  id: string;
  tourId: string;
  registration: { opensAt: string; closesAt: string };
}

/** A change of one stop shows in itself, in the order of its neighbours, and in which tours the public sees. */
export function topicsOfStop(output: unknown): Topic[] {
  const stop = output as StopShape;
  return [`stop:${stop.id}`, `tour:${stop.tourId}`, 'tours'];
}

export function topicsOfStops(output: unknown): Topic[] {
  return (output as { items: StopShape[] }).items.map((stop): Topic => `stop:${stop.id}`);
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
