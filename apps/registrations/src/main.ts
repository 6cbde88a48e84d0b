import 'reflect-metadata';
import { runService } from '#service';
import { registrations } from './service.js';

await runService(registrations);
