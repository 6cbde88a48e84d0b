export { assetFile } from './asset-file.js';
export { JobThread, doJobs } from './job-thread.js';
export { lowerPriority, lowerThreadPriority } from './lower-priority.js';
export { startThread } from './start-thread.js';
