import { queryOptions } from '@tanstack/react-query';
import type { Tour } from '#contracts/stops';
import { ApiProblem, call } from '../../api/call.js';
import { all } from '../../api/queries.js';

export const tour = (id: string) =>
  queryOptions({ queryKey: ['tour', id], queryFn: () => call<Tour>('GET', `/tours/${id}`) });

/** How many releases the timetable has; before the first one there is no timetable. */
export const releaseCount = (stopId: string) =>
  queryOptions({
    queryKey: ['releases', stopId, 'count'],
    queryFn: () => countOf(`/stops/${stopId}/timetable/releases`),
  });

export const doorPassCount = (stopId: string) =>
  queryOptions({
    queryKey: ['door-passes', stopId, 'count'],
    queryFn: () => countOf(`/stops/${stopId}/door-passes`),
  });

export interface Attendance {
  readonly expected: number;
  readonly checkedIn: number;
}

/** A draft and a stop to come have no attendance yet. */
export const attendance = (stopId: string) =>
  queryOptions({
    queryKey: ['attendance', stopId],
    queryFn: () => call<Attendance>('GET', `/stops/${stopId}/attendance`),
  });

async function countOf(path: string): Promise<number> {
  try {
    return (await all<unknown>(path)).length;
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 404) return 0;
    throw error;
  }
}
