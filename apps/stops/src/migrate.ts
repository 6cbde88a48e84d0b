import 'reflect-metadata';
import { runMigrations } from '#service';
import { stopsDataSource } from './data-source.js';
import { stopsRights } from './table-rights.js';

await runMigrations(stopsDataSource, stopsRights);
