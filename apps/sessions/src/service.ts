import { sessionChanged, timetableReleased } from '#contracts';
import { insertOnly, noDelete, replayable, type TableGrants } from '#persistence';
import type { ServiceDefinition } from '#service';
import { sessionsSettings } from './config.js';
import { sessionsDataSource } from './data-source.js';
import { SessionEntity } from './sessions/session.entity.js';
import { stateOf } from './sessions/session.js';
import { StopProjectionEntity } from './stops/stop-projection.entity.js';

/** What the running service may do with each of its tables. */
const grants: TableGrants = {
  stops: noDelete,
  companies: noDelete,
  sessions: noDelete,
  speaker_bookings: 'SELECT, INSERT, DELETE',
  reviews: noDelete,
  timetable_releases: insertOnly,
  imported_entries: noDelete,
  imported_schedules: insertOnly,
};

const sessions = replayable(sessionChanged, { table: 'sessions' }, async (manager, ids) => {
  const found = await manager.createQueryBuilder(SessionEntity, 'session').whereInIds(ids).getMany();
  const stopIds = [...new Set(found.map(({ stopId }) => stopId))];
  const stops = await manager.createQueryBuilder(StopProjectionEntity, 'stop').whereInIds(stopIds).getMany();
  const byId = new Map(stops.map(({ id, state }) => [id, state]));
  return found.map((session) => ({
    id: session.id,
    state: stateOf(session, byId.get(session.stopId) ?? { moves: [] }),
  }));
});

/** A timetable is known by its stop; one that was never released has no state to publish. */
const timetables = replayable(timetableReleased, { table: 'stops' }, async (manager, ids) => {
  const stops = await manager.createQueryBuilder(StopProjectionEntity, 'stop').whereInIds(ids).getMany();
  return stops
    .filter((stop) => stop.lastRelease > 0)
    .map(({ id, state, lastRelease }) => ({
      id,
      state: { stopId: id, tourId: state.tourId, version: lastRelease },
    }));
});

export const service: ServiceDefinition = {
  name: 'sessions',
  settings: sessionsSettings,
  database: {
    dataSource: sessionsDataSource,
    grants,
    replayables: [sessions, timetables],
  },
  module: async () => (await import('./app.module.js')).AppModule,
};
