import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { keptSecrets, secretsFile } from '../../dev/system/kept-secrets.js';
import { dataFolder } from '../../dev/system/postgres-data.js';
import { localDatabaseUrl } from '../../dev/system/postgres.js';
import { CannotRun } from './command-error.js';

/**
 * The PostgreSQL that holds the services' databases: the one that DATABASE_URL names, else the one that `npm start`
 * runs with this DATA_DIR, whose port changes with every start.
 */
export function serverUrl(env: NodeJS.ProcessEnv): string {
  const given = env['DATABASE_URL'];
  if (given !== undefined && given !== '') return given;
  const dataDir = dataDirOf(env);
  const pidFile = join(dataFolder(dataDir), 'postmaster.pid');
  if (!existsSync(secretsFile(dataDir)) || !existsSync(pidFile)) throw nothingRuns(dataDir);
  // The fourth line of PostgreSQL's own lock file is its port.
  const port = Number(readFileSync(pidFile, 'utf8').split('\n')[3]);
  return localDatabaseUrl(port, keptSecrets(dataDir).databasePassword);
}

/** The broker: the one that NATS_URL names, else the one that `npm start` runs with this DATA_DIR. */
export function brokerUrl(env: NodeJS.ProcessEnv): string {
  const given = env['NATS_URL'];
  if (given !== undefined && given !== '') return given;
  const dataDir = dataDirOf(env);
  const configuration = join(dataDir, 'nats-server.conf');
  const text = existsSync(configuration) ? readFileSync(configuration, 'utf8') : '';
  const [, host] = /^listen: "([^"]+)"/m.exec(text) ?? [];
  if (host === undefined) throw nothingRuns(dataDir);
  return `nats://${host}`;
}

function dataDirOf(env: NodeJS.ProcessEnv): string {
  return resolve(env['DATA_DIR'] || '.data');
}

function nothingRuns(dataDir: string): CannotRun {
  return new CannotRun(
    `No system runs with its data in ${dataDir}. Start it, or set DATA_DIR or DATABASE_URL.`,
  );
}
