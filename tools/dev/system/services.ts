import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { hasBroker, hasDatabase, type DatabaseServiceName, type ServiceName } from '#contracts';
import { rolesOf } from './database-roles.js';
import type { MigrationSettings } from './databases.js';
import { inheritedEnv } from './inherited-env.js';
import type { KeptSecrets } from './kept-secrets.js';
import { openLog } from './log-file.js';
import { fromSource, mainOf } from './main-of.js';
import { projectRoot } from './project-root.js';
import type { MailEnvironment } from './settings.js';
import type { ProcessPlan } from './supervised-process.js';

/** Settings of all services together; each process gets only its own share. */
export interface ServiceSettings {
  readonly port: number;
  /** Where the web process serves its pages to the gateway; `null` in a system without it. */
  readonly webPort: number | null;
  readonly rateLimitPerMinute: number;
  /** As the owner of the server; no service gets it. */
  readonly databaseUrl: string;
  readonly natsUrl: string;
  readonly natsSeeds: KeptSecrets['natsSeeds'];
  /** From which the passwords of database roles are derived where the URL holds none. */
  readonly rolesSecret: string;
  readonly adminKey: string;
  readonly organizerKey: string;
  readonly keySecret: string;
  readonly logLevel: string;
  readonly dataDir: string;
  /** Services run as their source stands, module by module, for what is loaded before them and wraps their methods. */
  readonly unbundled?: boolean;
  readonly mail?: MailEnvironment;
  /** Added to the environment of every service. */
  readonly env: Readonly<Record<string, string>>;
}

export interface Replica {
  readonly service: ServiceName;
  /** `registrations`, or `registrations-2` where several run. */
  readonly name: string;
  readonly healthPort: number;
}

/**
 * Room for what lives for one request, in MB (Node's own: 16). In a rush what is under way does not fit into 16, is kept
 * for old, and a tenth of the time goes into collecting it.
 */
const SEMI_SPACE_MB = 32;

/**
 * Node's threads share one heap of the C library. Each would else keep one of its own, which never shrinks: 7 MB of a
 * service at rest.
 */
const ONE_NATIVE_HEAP = { MALLOC_ARENA_MAX: '1' };

/** How to run one replica. Its command line holds `apps/<service>/`, so that it can be found among the processes. */
export function planService(replica: Replica, settings: ServiceSettings): ProcessPlan {
  const { service, name, healthPort } = replica;
  return {
    name,
    command: process.execPath,
    args: [
      '--enable-source-maps',
      `--max-semi-space-size=${SEMI_SPACE_MB}`,
      ...(settings.unbundled === true ? unbundled(service) : [mainOf(service)]),
      'serve',
    ],
    cwd: projectRoot,
    env: { ...serviceEnv(service, settings), HEALTH_PORT: String(healthPort) },
    channel: true,
    logFile: openLog(join(settings.dataDir, 'logs', `${name}.log`)),
    stopSignals: ['SIGTERM', 'SIGKILL'],
  };
}

function unbundled(service: ServiceName): string[] {
  return [...fromSource, join(projectRoot, 'apps', service, 'src', 'main.ts')];
}

export function serviceEnv(service: ServiceName, settings: ServiceSettings): NodeJS.ProcessEnv {
  return {
    ...ONE_NATIVE_HEAP,
    ...inheritedEnv(process.env),
    LOG_LEVEL: settings.logLevel,
    ...(hasBroker(service)
      ? { NATS_URL: settings.natsUrl, NATS_NKEY_SEED: settings.natsSeeds[service] }
      : {}),
    ...(hasDatabase(service) ? { DATABASE_URL: databaseRoles(service, settings).app.url } : {}),
    ...ownEnv(service, settings),
    ...settings.env,
  };
}

/** Settings of a service's migration: the owner's address, and whom the tables are for. */
export function migrationSettings(
  service: DatabaseServiceName,
  settings: ServiceSettings,
): MigrationSettings {
  const { owner, app } = databaseRoles(service, settings);
  return { DATABASE_URL: owner.url, DATABASE_APP_ROLE: app.role };
}

/** The same of several services, by their names. */
export function migrationsOf(
  services: readonly DatabaseServiceName[],
  settings: ServiceSettings,
): Record<string, MigrationSettings> {
  return Object.fromEntries(services.map((service) => [service, migrationSettings(service, settings)]));
}

function databaseRoles(service: DatabaseServiceName, { databaseUrl, rolesSecret }: ServiceSettings) {
  return rolesOf(databaseUrl, service, rolesSecret);
}

function ownEnv(service: ServiceName, settings: ServiceSettings): Record<string, string> {
  switch (service) {
    case 'accounts':
      return {
        ADMIN_KEY: settings.adminKey,
        ORGANIZER_KEY: settings.organizerKey,
        KEY_SECRET: settings.keySecret,
      };
    case 'notifications':
      return {
        WEBHOOK_SECRET: derivedSecret(settings.keySecret, 'webhooks'),
        PUBLIC_URL: process.env['PUBLIC_URL'] || `http://127.0.0.1:${settings.port}`,
        ...settings.mail,
      };
    case 'outcomes':
      return {
        CODE_SECRET: derivedSecret(settings.keySecret, 'codes'),
        PUBLIC_URL: process.env['PUBLIC_URL'] || `http://127.0.0.1:${settings.port}`,
      };
    case 'gateway':
      return {
        PORT: String(settings.port),
        RATE_LIMIT_PER_MINUTE: String(settings.rateLimitPerMinute),
        ...(settings.webPort === null ? {} : { WEB_URL: `http://127.0.0.1:${settings.webPort}` }),
        WEB_SECRET: derivedSecret(settings.keySecret, 'web'),
      };
    case 'web':
      return {
        PORT: String(settings.webPort),
        HOST: '127.0.0.1',
        API_URL: `http://127.0.0.1:${settings.port}`,
        PUBLIC_URL: process.env['PUBLIC_URL'] || `http://127.0.0.1:${settings.port}`,
        WEB_SECRET: derivedSecret(settings.keySecret, 'web'),
      };
    default:
      return {};
  }
}

/** A secret of its own for one purpose, so that the data folder has to keep one alone. */
function derivedSecret(secret: string, purpose: string): string {
  return createHmac('sha256', Buffer.from(secret, 'hex')).update(purpose).digest('hex');
}
