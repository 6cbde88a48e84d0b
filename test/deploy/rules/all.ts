import type { Rule } from '../rule.js';
import { availabilityRules } from './availability.js';
import { namespaceRules } from './namespace.js';
import { networkRules } from './network.js';
import { routeRules } from './routes.js';
import { securityRules } from './security.js';
import { settingsRules } from './settings.js';

export const allRules: readonly Rule[] = [
  ...securityRules,
  ...availabilityRules,
  ...networkRules,
  ...routeRules,
  ...settingsRules,
  ...namespaceRules,
];
