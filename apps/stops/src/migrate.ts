import 'reflect-metadata';
import { runMigrations } from '#service';
import { stopsDataSource } from './data-source.js';
import { stopsGrants } from './grants.js';

await runMigrations(stopsDataSource, stopsGrants);
