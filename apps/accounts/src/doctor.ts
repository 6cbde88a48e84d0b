import 'reflect-metadata';
import { runDoctor } from '#service';
import { accountsSettings } from './config.js';
import { accountsDataSource } from './data-source.js';
import { accountsGrants } from './grants.js';

await runDoctor({
  name: 'accounts',
  settings: accountsSettings,
  database: { dataSource: accountsDataSource, rights: accountsGrants },
});
