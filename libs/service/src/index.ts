export * from './config.js';
export * from './health.js';
export * from './logging.js';
export * from './metrics.js';
export * from './migrate.js';
export * from './run-service.js';
export * from './shutdown.js';
export * from './start-service.js';
