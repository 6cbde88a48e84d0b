import 'reflect-metadata';
import { runService } from '#service';
import { AppModule } from './app.module.js';
import { sessionsDataSource } from './data-source.js';

await runService({ name: 'sessions', settings: {}, dataSource: sessionsDataSource, module: AppModule });
