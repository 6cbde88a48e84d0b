/** The services with a database. */
export type Owner = 'accounts' | 'stops' | 'registrations' | 'sessions';

/**
 * The order in which snapshots are taken: who keeps copies comes before those it copies from. So whatever a copy says was
 * committed at its source before the source's snapshot, and a restored copy is never newer than its source; where it is
 * older, the source's outbox tells it the rest. A test compares this with who follows whom.
 */
export const backupOrder: readonly Owner[] = ['registrations', 'sessions', 'stops', 'accounts'];

/** The address of a service's database. */
export type UrlOf = (service: Owner) => string;
