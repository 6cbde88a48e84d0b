import 'reflect-metadata';
import { runMigrations } from '#service';
import { accountsDataSource } from './data-source.js';

await runMigrations(accountsDataSource);
