import type { PlainServiceDefinition } from '#service';
import { webSettings } from './config.js';

export const service: PlainServiceDefinition = {
  name: 'web',
  settings: webSettings,
  serve: async () => (await import('./serve.js')).serveWeb(),
};
