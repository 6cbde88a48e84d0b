import 'reflect-metadata';
import { runService } from '#service';
import { AppModule } from './app.module.js';
import { sessionsSettings } from './config.js';
import { sessionsDataSource } from './data-source.js';

await runService({
  name: 'sessions',
  settings: sessionsSettings,
  dataSource: sessionsDataSource,
  module: AppModule,
});
