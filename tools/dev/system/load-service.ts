import 'reflect-metadata';
import type { DatabaseServiceName } from '#contracts';
import type { ServiceDefinition } from '#service';

/** Spelt out, since what is bundled into one file has to be named. */
const modules: Readonly<Record<DatabaseServiceName, () => Promise<{ service: ServiceDefinition }>>> = {
  accounts: () => import('../../../apps/accounts/src/service.js'),
  stops: () => import('../../../apps/stops/src/service.js'),
  registrations: () => import('../../../apps/registrations/src/service.js'),
  sessions: () => import('../../../apps/sessions/src/service.js'),
  notifications: () => import('../../../apps/notifications/src/service.js'),
  matching: () => import('../../../apps/matching/src/service.js'),
  outcomes: () => import('../../../apps/outcomes/src/service.js'),
};

/** What a service's own process runs by: its data source, grants and module. */
export async function loadService(name: DatabaseServiceName): Promise<ServiceDefinition> {
  return (await modules[name]()).service;
}
