import type { KubernetesObject } from './objects.js';
import { render, renderWith } from './render.js';

/** Every overlay, and the components that an installation would add to one of its own. */
export const rendered: Readonly<Record<string, readonly KubernetesObject[]>> = {
  dev: render('overlays/dev'),
  staging: render('overlays/staging'),
  production: render('overlays/production'),
  'dev with an Ingress': renderWith('overlays/dev', 'ingress'),
  'production with traces': renderWith('overlays/production', 'tracing'),
};
