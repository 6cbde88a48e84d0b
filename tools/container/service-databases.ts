import { z } from 'zod';
import { databaseSettings } from '#service';
import { createServiceDatabases, type Login, type ServiceDatabase } from '../dev/system/database-roles.js';

const url = databaseSettings.DATABASE_URL;

/** What the command `databases` is told: for each service the URL of the role that owns, and of the one that serves. */
export const databasesSettings = {
  /** A role that may make roles and databases; its password may be given apart. */
  POSTGRES_URL: url,
  POSTGRES_PASSWORD: z.string().optional(),
  ACCOUNTS_OWNER_DATABASE_URL: url,
  ACCOUNTS_DATABASE_URL: url,
  STOPS_OWNER_DATABASE_URL: url,
  STOPS_DATABASE_URL: url,
  REGISTRATIONS_OWNER_DATABASE_URL: url,
  REGISTRATIONS_DATABASE_URL: url,
  SESSIONS_OWNER_DATABASE_URL: url,
  SESSIONS_DATABASE_URL: url,
};

type DatabasesConfig = z.output<z.ZodObject<typeof databasesSettings>>;

/** Makes the databases and roles that the URLs name. */
export async function makeDatabases(config: DatabasesConfig): Promise<void> {
  const server = new URL(config.POSTGRES_URL);
  if (config.POSTGRES_PASSWORD !== undefined) server.password = encodeURIComponent(config.POSTGRES_PASSWORD);
  await createServiceDatabases(server.href, [
    databaseOf(config.ACCOUNTS_OWNER_DATABASE_URL, config.ACCOUNTS_DATABASE_URL),
    databaseOf(config.STOPS_OWNER_DATABASE_URL, config.STOPS_DATABASE_URL),
    databaseOf(config.REGISTRATIONS_OWNER_DATABASE_URL, config.REGISTRATIONS_DATABASE_URL),
    databaseOf(config.SESSIONS_OWNER_DATABASE_URL, config.SESSIONS_DATABASE_URL),
  ]);
}

/** @throws where the two URLs name two databases, or one role */
export function databaseOf(ownerUrl: string, appUrl: string): ServiceDatabase {
  const [owner, app] = [loginOf(ownerUrl), loginOf(appUrl)];
  const database = nameOf(ownerUrl);
  if (database !== nameOf(appUrl))
    throw new Error(`${owner.role} owns ${database}, but ${app.role} is to serve ${nameOf(appUrl)}.`);
  if (owner.role === app.role)
    throw new Error(`${app.role} would own what it serves: the owner has to be another role.`);
  return { database, owner, app };
}

function loginOf(url: string): Login {
  return { role: decodeURIComponent(new URL(url).username), url };
}

function nameOf(url: string): string {
  return decodeURIComponent(new URL(url).pathname.slice(1));
}
