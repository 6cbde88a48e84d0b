import 'reflect-metadata';
import { runMain } from '#service';
import { service } from './service.js';

await runMain(service);
