import { createDataSource, type DatabaseAddress } from '#persistence';
import { CreateRegistrations1760000002000 } from './migrations/1760000002000-create-registrations.js';

/** Without entities: rows are written many at a time and under locks, so every statement here is SQL. */
export const registrationsDataSource = (options: DatabaseAddress) =>
  createDataSource({
    ...options,
    migrations: [CreateRegistrations1760000002000],
  });
