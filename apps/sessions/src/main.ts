import 'reflect-metadata';
import { retentionSettings, runService } from '#service';
import { AppModule } from './app.module.js';
import { sessionsDataSource } from './data-source.js';

await runService({
  name: 'sessions',
  settings: retentionSettings,
  dataSource: sessionsDataSource,
  module: AppModule,
});
