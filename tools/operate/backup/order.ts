import { databaseServiceNames, services, type DatabaseServiceName } from '#contracts';

/**
 * The order in which snapshots are taken: a service that keeps copies comes before those it copies from. So whatever a
 * copy says was committed at its source before the source's snapshot, and a restored copy is never newer than its
 * source; where it is older, the source's outbox brings it the rest.
 */
export const backupOrder = consumersFirst(databaseServiceNames);

/** The address of a service's database. */
export type UrlOf = (service: DatabaseServiceName) => string;

/** @throws where services consume each other's events in a circle: no order would do */
function consumersFirst(names: readonly DatabaseServiceName[]): readonly DatabaseServiceName[] {
  const isConsumed = (name: string) =>
    names.some((other) => other !== name && services[other].consumes.some((source) => source === name));
  const first = names.filter((name) => !isConsumed(name));
  if (first.length === 0 && names.length > 0)
    throw new Error(`${names.join(', ')} consume each other's events in a circle.`);
  const rest = names.filter((name) => isConsumed(name));
  return rest.length === 0 ? first : [...first, ...consumersFirst(rest)];
}
