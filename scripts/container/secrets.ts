import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where docker-compose.yml runs PostgreSQL. */
const databaseHost = 'postgres:5432';

const random = () => randomBytes(32).toString('hex');
const databaseUrl = (name: string) => () => `postgres://${name}:${random()}@${databaseHost}/${name}`;

/** Every secret of an installation by compose, and how a new one is made. None depends on another. */
export const secretMakers: Readonly<Record<string, () => string>> = {
  'postgres-password': random,
  'accounts-database-url': databaseUrl('accounts'),
  'stops-database-url': databaseUrl('stops'),
  'registrations-database-url': databaseUrl('registrations'),
  'sessions-database-url': databaseUrl('sessions'),
  'admin-key': random,
  'organizer-key': random,
  'key-secret': random,
};

/**
 * Writes the secrets that the folder lacks, one file each, and returns their names; what is there stays.
 * The folder is closed to others; the files are not, since compose mounts each by itself for another user.
 */
export function writeMissingSecrets(folder: string): string[] {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o700);
  const missing = Object.entries(secretMakers).filter(([name]) => !existsSync(join(folder, name)));
  for (const [name, make] of missing) writeFileSync(join(folder, name), make(), { mode: 0o644, flag: 'wx' });
  return missing.map(([name]) => name);
}
