import 'reflect-metadata';
import { runMigrations } from '#service';
import { sessionsDataSource } from './data-source.js';
import { sessionsRights } from './table-rights.js';

await runMigrations(sessionsDataSource, sessionsRights);
