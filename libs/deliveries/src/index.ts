export * from './choose-deliveries.js';
export * from './lane.js';
export * from './lane-places.js';
export * from './lane-run.js';
export * from './lane-worker.js';
export * from './retry-schedule.js';
