import { z } from 'zod';
import { databaseServiceNames, type DatabaseServiceName } from '#contracts';
import { databaseSettings } from '#service';
import { createServiceDatabases, type Login, type ServiceDatabase } from '../dev/system/database-roles.js';

const url = databaseSettings.DATABASE_URL;

const ownerUrlName = (service: DatabaseServiceName) => `${service.toUpperCase()}_OWNER_DATABASE_URL`;
const appUrlName = (service: DatabaseServiceName) => `${service.toUpperCase()}_DATABASE_URL`;

const serverSettings = {
  /** A role that may make roles and databases; its password may be given apart. */
  POSTGRES_URL: url,
  POSTGRES_PASSWORD: z.string().optional(),
};

/** Settings of the command `databases`: for each service the URL of the role that owns, and of the one that serves. */
export const databasesSettings: typeof serverSettings & Record<string, z.ZodType<string>> = Object.assign(
  { ...serverSettings },
  ...databaseServiceNames.map((name) => ({ [ownerUrlName(name)]: url, [appUrlName(name)]: url })),
);

/** Makes the databases and roles that the URLs name. */
export async function makeDatabases(config: Readonly<Record<string, string | undefined>>): Promise<void> {
  const server = new URL(config['POSTGRES_URL'] ?? '');
  const password = config['POSTGRES_PASSWORD'];
  if (password !== undefined) server.password = encodeURIComponent(password);
  await createServiceDatabases(
    server.href,
    databaseServiceNames.map((name) =>
      databaseOf(config[ownerUrlName(name)] ?? '', config[appUrlName(name)] ?? ''),
    ),
  );
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
