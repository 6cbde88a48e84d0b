import 'reflect-metadata';
import { runMain } from '#service';
import { lowerPriority } from '#threads';
import { service } from './service.js';

// On a machine that has too much to do, figures come a little later, and who registers waits no longer.
lowerPriority(10);

await runMain(service);
