import 'reflect-metadata';
import { constants, setPriority } from 'node:os';
import { runMain } from '#service';
import { service } from './service.js';

// On a machine that has too much to do, figures come a little later, and who registers waits no longer.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

await runMain(service);
