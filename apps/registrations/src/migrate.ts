import 'reflect-metadata';
import { runMigrations } from '#service';
import { registrationsDataSource } from './data-source.js';

await runMigrations(registrationsDataSource);
