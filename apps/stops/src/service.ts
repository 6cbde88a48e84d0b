import type { ServiceDefinition } from '#service';
import { AppModule } from './app.module.js';
import { stopsDataSource } from './data-source.js';

/** What a process needs to run this service; tests start several of it side by side. */
export const stops: ServiceDefinition = {
  name: 'stops',
  settings: {},
  dataSource: stopsDataSource,
  module: AppModule,
};
