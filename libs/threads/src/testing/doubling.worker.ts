import { doJobs } from '../job-thread.js';

/** Doubles numbers, fails for zero, and takes its process's thread down for what is no number. */
doJobs<number, number>(async (job) => {
  if (job === 0) throw new Error('Nothing to double.');
  if (Number.isNaN(job)) process.exit(3);
  return Promise.resolve(job * 2);
});
