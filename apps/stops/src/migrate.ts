import 'reflect-metadata';
import { runMigrations } from '#service';
import { stopsDataSource } from './data-source.js';

await runMigrations(stopsDataSource);
