export * from './evaluation.js';
export * from './meeting-problem.js';
export * from './plan-meetings.js';
export * from './unplaced.js';
