import 'reflect-metadata';
import { runMigrations } from '#service';
import { sessionsDataSource } from './data-source.js';
import { sessionsGrants } from './grants.js';

await runMigrations(sessionsDataSource, sessionsGrants);
