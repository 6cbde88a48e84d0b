import { readConfigOrExit } from '#service';
import { createServiceDatabases, databasesSettings } from './service-databases.js';

const config = readConfigOrExit(databasesSettings);
const server = new URL(config.POSTGRES_URL);
if (config.POSTGRES_PASSWORD !== undefined) server.password = encodeURIComponent(config.POSTGRES_PASSWORD);
await createServiceDatabases(server.href, [
  config.ACCOUNTS_DATABASE_URL,
  config.STOPS_DATABASE_URL,
  config.REGISTRATIONS_DATABASE_URL,
  config.SESSIONS_DATABASE_URL,
]);
