import 'reflect-metadata';
import { lowerPriority, runMain } from '#service';
import { service } from './service.js';

// On a machine that has too much to do, a sign-in takes a little longer, and who registers waits no longer: gateways know
// callers from memory, so that no registration waits for this service.
lowerPriority(5);

await runMain(service);
