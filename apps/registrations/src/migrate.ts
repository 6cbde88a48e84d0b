import 'reflect-metadata';
import { runMigrations } from '#service';
import { registrationsDataSource } from './data-source.js';
import { registrationsGrants } from './grants.js';

await runMigrations(registrationsDataSource, registrationsGrants);
