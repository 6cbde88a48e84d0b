import 'reflect-metadata';
import type { DatabaseServiceName } from '#contracts';
import type { ServiceDefinition } from '#service';

/** What a service's own process runs by: its data source, grants and module. */
export async function loadService(name: DatabaseServiceName): Promise<ServiceDefinition> {
  const { service } = (await import(`../../../apps/${name}/src/service.js`)) as {
    service: ServiceDefinition;
  };
  return service;
}
