import 'reflect-metadata';
import { runService } from '#service';
import { AppModule } from './app.module.js';
import { accountsSettings } from './config.js';
import { accountsDataSource } from './data-source.js';

await runService({
  name: 'accounts',
  settings: accountsSettings,
  dataSource: accountsDataSource,
  module: AppModule,
});
