import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { databaseServiceNames } from '#contracts';
import { brokerUsers, keysFile, keysFileName, makeSeed } from '#messaging';

/** Where docker-compose.yml runs PostgreSQL. */
const databaseHost = 'postgres:5432';

const random = () => randomBytes(32).toString('hex');
const databaseUrl = (role: string, database: string) => () =>
  `postgres://${role}:${random()}@${databaseHost}/${database}`;

const urlsOf = (service: string) => ({
  [`${service}-database-url`]: databaseUrl(service, service),
  [`${service}-owner-database-url`]: databaseUrl(`${service}_owner`, service),
});

/** The broker's users, and its operator. */
const seeded = [...brokerUsers, 'operator'];
const seedFile = (user: string) => `${user}-nats-seed`;

/** Every secret of an installation by compose, and how a new one is made. None depends on another. */
export const secretMakers: Readonly<Record<string, () => string>> = {
  'postgres-password': random,
  ...Object.assign({}, ...databaseServiceNames.map(urlsOf)),
  ...Object.fromEntries(seeded.map((user) => [seedFile(user), makeSeed])),
  'admin-key': random,
  'organizer-key': random,
  'key-secret': random,
  'webhook-secret': random,
  'code-secret': random,
  'web-secret': random,
};

/**
 * Writes the secrets that the folder lacks, one file each, and returns their names; what is there stays. The file
 * that tells the broker the public keys is written anew each time: it follows from the seeds.
 * The folder is closed to others; the files are not, since compose mounts each by itself for another user.
 */
export function writeMissingSecrets(folder: string): string[] {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o700);
  const missing = Object.entries(secretMakers).filter(([name]) => !existsSync(join(folder, name)));
  for (const [name, make] of missing) writeFileSync(join(folder, name), make(), { mode: 0o644, flag: 'wx' });
  const seedOf = (user: string) => readFileSync(join(folder, seedFile(user)), 'utf8').trim();
  writeFileSync(join(folder, keysFileName), keysFile(seedOf), { mode: 0o644 });
  return missing.map(([name]) => name);
}
