import type { PlainServiceDefinition } from '#service';
import { gatewaySettings } from './config.js';

export const service: PlainServiceDefinition = {
  name: 'gateway',
  settings: gatewaySettings,
  serve: async () => (await import('./serve.js')).serveGateway(),
};
