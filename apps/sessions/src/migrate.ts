import 'reflect-metadata';
import { runMigrations } from '#service';
import { sessionsDataSource } from './data-source.js';

await runMigrations(sessionsDataSource);
