import 'reflect-metadata';
import { runMain } from '#service';
import { lowerPriority } from '#threads';
import { service } from './service.js';

// On a machine that has too much to do, a sign-in takes a little longer, and who registers waits no longer: gateways know
// callers from memory, so that no registration waits for this service.
lowerPriority(5);

await runMain(service);
