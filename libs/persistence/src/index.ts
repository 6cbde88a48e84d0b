export * from './data-source.js';
export * from './idempotency.js';
export * from './inbox.js';
export * from './outages.js';
export * from './outbox-relay.js';
export * from './page.js';
export * from './recorded-changes.js';
export * from './writes.js';
export { v7 as newId } from 'uuid';
