import { queryOptions } from '@tanstack/react-query';
import type { Timetable, TimetableRelease } from '#contracts/sessions';
import { ApiProblem, call } from '../../api/call.js';
import { all } from '../../api/queries.js';
import type { SessionSeats } from './release-checks.js';

/** The plan as it stands, and what the public sees; `null` before the first release. */
export const timetables = (stopId: string) =>
  queryOptions({
    queryKey: ['timetable', stopId],
    queryFn: async () => {
      const path = `/stops/${stopId}/timetable`;
      const [draft, released] = await Promise.all([
        call<Timetable>('GET', `${path}?release=draft`),
        orNull(call<Timetable>('GET', path)),
      ]);
      return { draft, released };
    },
  });

export const releases = (stopId: string) =>
  queryOptions({
    queryKey: ['releases', stopId],
    queryFn: () => all<TimetableRelease>(`/stops/${stopId}/timetable/releases`),
  });

/** How many have signed up; nobody could before the first release. */
export const sessionSeats = (stopId: string) =>
  queryOptions({
    queryKey: ['session-seats', stopId],
    queryFn: async () => {
      const path = `/stops/${stopId}/session-seats`;
      return (await orNull(call<{ items: SessionSeats[] }>('GET', path)))?.items ?? [];
    },
  });

async function orNull<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 404) return null;
    throw error;
  }
}
