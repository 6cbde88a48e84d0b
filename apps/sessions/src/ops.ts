import 'reflect-metadata';
import { sessionChanged, timetableReleased } from '#contracts';
import { replayable } from '#persistence';
import { runOps } from '#service';
import { sessionsDataSource } from './data-source.js';
import { SessionEntity } from './sessions/session.entity.js';
import { stateOf } from './sessions/session.js';
import { StopProjectionEntity } from './stops/stop-projection.entity.js';

const sessions = replayable(sessionChanged, { table: 'sessions' }, async (manager, ids) => {
  const found = await manager.createQueryBuilder(SessionEntity, 'session').whereInIds(ids).getMany();
  return found.map((session) => ({ id: session.id, state: stateOf(session) }));
});

/** A timetable is known by its stop; one that was never released has nothing to tell. */
const timetables = replayable(timetableReleased, { table: 'stops' }, async (manager, ids) => {
  const stops = await manager.createQueryBuilder(StopProjectionEntity, 'stop').whereInIds(ids).getMany();
  return stops
    .filter((stop) => stop.lastRelease > 0)
    .map(({ id, state, lastRelease }) => ({
      id,
      state: { stopId: id, tourId: state.tourId, version: lastRelease },
    }));
});

await runOps(sessionsDataSource, [sessions, timetables]);
