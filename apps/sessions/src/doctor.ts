import 'reflect-metadata';
import { retentionSettings, runDoctor } from '#service';
import { sessionsDataSource } from './data-source.js';
import { sessionsRights } from './table-rights.js';

await runDoctor({
  name: 'sessions',
  settings: retentionSettings,
  database: { dataSource: sessionsDataSource, rights: sessionsRights },
});
