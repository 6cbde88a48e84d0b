import 'reflect-metadata';
import { runService } from '#service';
import { AppModule } from './app.module.js';
import { stopsDataSource } from './data-source.js';

await runService({ name: 'stops', settings: {}, dataSource: stopsDataSource, module: AppModule });
