import { queryOptions } from '@tanstack/react-query';
import type { Localized } from '../../../../shared/language.js';
import { ApiProblem, call } from '../../api/call.js';
import { all } from '../../api/queries.js';

export interface TimetableSession {
  readonly id: string;
  readonly title: Localized;
  readonly track: string | null;
  readonly speakers: readonly { readonly name: string; readonly organization: string | null }[];
  readonly roomId: string;
  readonly startsAt: string;
  readonly endsAt: string;
}

export interface Timetable {
  readonly rooms: readonly { readonly id: string; readonly name: Localized }[];
  readonly sessions: readonly TimetableSession[];
}

/** The latest release; null before the first one. */
export const timetable = (stopId: string) =>
  queryOptions({
    queryKey: ['timetable', stopId],
    queryFn: async (): Promise<Timetable | null> => {
      try {
        return await call<Timetable>('GET', `/stops/${stopId}/timetable`);
      } catch (error) {
        if (error instanceof ApiProblem && error.status === 404) return null;
        throw error;
      }
    },
  });

interface Seats {
  readonly items: readonly { readonly sessionId: string; readonly total: number; readonly taken: number }[];
}

/** How many seats each session has left. */
export const seatsLeft = (stopId: string) =>
  queryOptions({
    queryKey: ['session-seats', stopId],
    refetchInterval: 10_000,
    queryFn: async () => {
      const { items } = await call<Seats>('GET', `/stops/${stopId}/session-seats`);
      return new Map(items.map(({ sessionId, total, taken }) => [sessionId, Math.max(0, total - taken)]));
    },
  });

interface SignUp {
  readonly delegateId: string;
}

/** Sessions asked for at once: a day's hundred must not take the whole budget of a minute. */
const atOnce = 6;

/** The company's own sign-ups for each of these sessions. */
export const signUps = (stopId: string, sessionIds: readonly string[]) =>
  queryOptions({
    queryKey: ['sign-ups', stopId, sessionIds.length],
    enabled: sessionIds.length > 0,
    queryFn: async (): Promise<ReadonlyMap<string, readonly string[]>> => {
      const found = new Map<string, readonly string[]>();
      const waiting = [...sessionIds];
      const work = async (): Promise<void> => {
        for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
          const items = await all<SignUp>(`/sessions/${id}/signups`);
          found.set(
            id,
            items.map(({ delegateId }) => delegateId),
          );
        }
      };
      await Promise.all(Array.from({ length: atOnce }, work));
      return found;
    },
  });
