import 'reflect-metadata';
import { runMigrations } from '#service';
import { accountsDataSource } from './data-source.js';
import { accountsGrants } from './grants.js';

await runMigrations(accountsDataSource, accountsGrants);
