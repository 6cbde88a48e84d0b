import 'reflect-metadata';
import { runMain } from '#service';
import { lowerPriority } from '#threads';
import { service } from './service.js';

// On a machine that has too much to do it follows others a little later, and who registers waits no longer. Half as much
// lower as services that nobody waits for: companies arrange their meetings here.
lowerPriority(5);

await runMain(service);
