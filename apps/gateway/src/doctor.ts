import { runDoctor } from '#service';
import { gatewaySettings } from './config.js';

await runDoctor({ name: 'gateway', settings: gatewaySettings });
