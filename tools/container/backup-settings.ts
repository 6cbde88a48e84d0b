import { z } from 'zod';
import { databaseServiceNames, type DatabaseServiceName } from '#contracts';
import { brokerSettings, databaseSettings } from '#service';
import type { UrlOf } from '../operate/backup/order.js';

const url = databaseSettings.DATABASE_URL;
const role = z.string().min(1).max(63).optional();

const urlName = (service: DatabaseServiceName) => `${service.toUpperCase()}_DATABASE_URL`;
const roleName = (service: DatabaseServiceName) => `${service.toUpperCase()}_DATABASE_APP_ROLE`;

/** The databases: for a backup by any role that may read all tables, for a restore by those that own them. */
export const allDatabases = Object.fromEntries(databaseServiceNames.map((name) => [urlName(name), url]));

/** Where services have roles of their own, the role that each restored database is for. */
export const appRoles = Object.fromEntries(databaseServiceNames.map((name) => [roleName(name), role]));

/** The broker, as the user who may delete the stream where the broker asks who one is. */
export const operatorOfBroker = {
  NATS_URL: brokerSettings.NATS_URL,
  NATS_NKEY_SEED: brokerSettings.NATS_NKEY_SEED,
};

/** @param config the values of `allDatabases` */
export function urlsIn(config: Readonly<Record<string, string | undefined>>): UrlOf {
  return (service) => config[urlName(service)] ?? '';
}

/** @param config the values of `appRoles` */
export function rolesIn(
  config: Readonly<Record<string, string | undefined>>,
): (service: DatabaseServiceName) => string | undefined {
  return (service) => config[roleName(service)];
}
