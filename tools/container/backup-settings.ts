import { z } from 'zod';
import { databaseSettings, processSettings } from '#service';
import type { Owner, UrlOf } from '../operate/backup/order.js';

const url = databaseSettings.DATABASE_URL;

/** The four databases: for a backup by any role that may read all tables, for a restore by those that own them. */
export const fourDatabases = {
  ACCOUNTS_DATABASE_URL: url,
  STOPS_DATABASE_URL: url,
  REGISTRATIONS_DATABASE_URL: url,
  SESSIONS_DATABASE_URL: url,
};

/** The broker, as the user who may delete the stream where the broker asks who one is. */
export const operatorOfBroker = {
  NATS_URL: processSettings.NATS_URL,
  NATS_NKEY_SEED: processSettings.NATS_NKEY_SEED,
};

const role = z.string().min(1).max(63).optional();

/** Where services have roles of their own, whom the restored tables are for. */
export const appRoles = {
  ACCOUNTS_DATABASE_APP_ROLE: role,
  STOPS_DATABASE_APP_ROLE: role,
  REGISTRATIONS_DATABASE_APP_ROLE: role,
  SESSIONS_DATABASE_APP_ROLE: role,
};

type Told<Shape> = Readonly<{ [Name in keyof Shape]: string }>;

export function urlsIn(config: Told<typeof fourDatabases>): UrlOf {
  const urls = {
    accounts: config.ACCOUNTS_DATABASE_URL,
    stops: config.STOPS_DATABASE_URL,
    registrations: config.REGISTRATIONS_DATABASE_URL,
    sessions: config.SESSIONS_DATABASE_URL,
  };
  return (service) => urls[service];
}

export function rolesIn(config: { [Name in keyof typeof appRoles]?: string | undefined }): Readonly<
  Record<Owner, string | undefined>
> {
  return {
    accounts: config.ACCOUNTS_DATABASE_APP_ROLE,
    stops: config.STOPS_DATABASE_APP_ROLE,
    registrations: config.REGISTRATIONS_DATABASE_APP_ROLE,
    sessions: config.SESSIONS_DATABASE_APP_ROLE,
  };
}
