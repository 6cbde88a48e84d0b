import 'reflect-metadata';
import { runService } from '#service';
import { stops } from './service.js';

await runService(stops);
