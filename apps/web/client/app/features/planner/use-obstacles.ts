import { useMemo } from 'react';
import type { Session } from '#contracts/sessions';
import type { Stop } from '#contracts/stops';
import { obstaclesHere, withOthers, type Obstacle } from './obstacles.js';
import { useBlockedTimes } from './use-plan.js';

const none: readonly Obstacle[] = [];

/** What stands in a session's way: at once what the screen knows, and soon what the service knows besides. */
export function useObstacles(
  session: Session | null,
  sessions: readonly Session[],
  stop: Stop,
): readonly Obstacle[] {
  const blocked = useBlockedTimes(session);
  return useMemo(() => {
    if (session === null) return none;
    return withOthers(obstaclesHere(session, sessions, stop), blocked, new Set(sessions.map(({ id }) => id)));
  }, [session, sessions, stop, blocked]);
}
