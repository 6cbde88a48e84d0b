import { databaseSettings, readConfigOrExit } from '#service';
import { createServiceDatabases } from './service-databases.js';
import { z } from 'zod';

const url = databaseSettings.DATABASE_URL;
const config = readConfigOrExit({
  /** A role that may make roles and databases; its password may be given apart. */
  POSTGRES_URL: url,
  POSTGRES_PASSWORD: z.string().optional(),
  ACCOUNTS_DATABASE_URL: url,
  STOPS_DATABASE_URL: url,
  REGISTRATIONS_DATABASE_URL: url,
  SESSIONS_DATABASE_URL: url,
});

const server = new URL(config.POSTGRES_URL);
if (config.POSTGRES_PASSWORD !== undefined) server.password = encodeURIComponent(config.POSTGRES_PASSWORD);
await createServiceDatabases(server.href, [
  config.ACCOUNTS_DATABASE_URL,
  config.STOPS_DATABASE_URL,
  config.REGISTRATIONS_DATABASE_URL,
  config.SESSIONS_DATABASE_URL,
]);
