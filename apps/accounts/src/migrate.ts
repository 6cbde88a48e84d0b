import 'reflect-metadata';
import { runMigrations } from '#service';
import { accountsDataSource } from './data-source.js';
import { accountsRights } from './table-rights.js';

await runMigrations(accountsDataSource, accountsRights);
