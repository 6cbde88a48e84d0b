import { queryOptions } from '@tanstack/react-query';
import type { Timetable, TimetableRelease } from '#contracts/sessions';
import { call } from '../../api/call.js';
import { all } from '../../api/queries.js';
import type { SessionSeats } from './release-checks.js';

/** The plan as it stands, and what the public sees; `null` before the first release, where the service has neither. */
export const timetables = (stopId: string, hasRelease: boolean) =>
  queryOptions({
    queryKey: ['timetable', stopId, hasRelease],
    queryFn: async () => {
      const path = `/stops/${stopId}/timetable`;
      const [draft, released] = await Promise.all([
        call<Timetable>('GET', `${path}?release=draft`),
        hasRelease ? call<Timetable>('GET', path) : null,
      ]);
      return { draft, released };
    },
  });

export const releases = (stopId: string) =>
  queryOptions({
    queryKey: ['releases', stopId],
    queryFn: () => all<TimetableRelease>(`/stops/${stopId}/timetable/releases`),
  });

/** How many have signed up for what was released. */
export const sessionSeats = (stopId: string) =>
  queryOptions({
    queryKey: ['session-seats', stopId],
    queryFn: async () =>
      (await call<{ items: SessionSeats[] }>('GET', `/stops/${stopId}/session-seats`)).items,
  });
