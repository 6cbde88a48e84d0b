import 'reflect-metadata';
import { runMigrations } from '#service';
import { registrationsDataSource } from './data-source.js';
import { registrationsRights } from './table-rights.js';

await runMigrations(registrationsDataSource, registrationsRights);
