import type { ServiceDefinition } from '#service';
import { AppModule } from './app.module.js';
import { registrationsSettings } from './config.js';
import { registrationsDataSource } from './data-source.js';

/** What a process needs to run this service; tests start several of it side by side. */
export const registrations: ServiceDefinition = {
  name: 'registrations',
  settings: registrationsSettings,
  dataSource: registrationsDataSource,
  module: AppModule,
};
