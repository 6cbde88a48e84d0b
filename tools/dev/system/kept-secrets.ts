import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { brokerUsers, makeSeed } from '#messaging';
import { StartFailure } from './start-failure.js';

/** The broker's operator; no service has its seed. */
export const OPERATOR = 'operator';
const seededUsers = [...brokerUsers, OPERATOR] as const;

const keptSchema = z.object({
  adminKey: z.string().min(32),
  organizerKey: z.string().min(32),
  /** 32 random bytes in hex, from which the accounts service derives API keys. */
  keySecret: z.string().regex(/^[0-9a-f]{64}$/),
  /** The password of the server's owner, from which those of the services' roles are derived. */
  databasePassword: z.string().min(32),
  /** The seed of each user of the broker. A folder from before a service was added lacks its seed; it is made then. */
  natsSeeds: z
    .record(z.string(), z.string().regex(/^SU[A-Z2-7]{56}$/))
    .default({})
    .transform((kept) => ({ ...makeSeeds(), ...kept })),
});

export type KeptSecrets = z.infer<typeof keptSchema>;

export function secretsFile(dataDir: string): string {
  return join(dataDir, 'secrets.json');
}

/** The secrets of this data folder: made on the first start, readable by their owner only, and the same ever after. */
export function keptSecrets(dataDir: string): KeptSecrets {
  const file = secretsFile(dataDir);
  if (!existsSync(file)) save(file, makeSecrets());
  chmodSync(file, 0o600);
  const kept = parseJson(readFileSync(file, 'utf8'));
  const parsed = keptSchema.safeParse(kept);
  if (parsed.success) {
    if (!isDeepStrictEqual(kept, parsed.data)) save(file, parsed.data);
    return parsed.data;
  }
  throw new StartFailure(
    `${file} is damaged: ${parsed.error.issues.map((issue) => issue.path.join('.') || 'no JSON').join(', ')}.`,
    'Restore it from a backup: without it neither the database nor the API keys open. For a fresh start set DATA_DIR to a new folder.',
  );
}

function makeSecrets(): KeptSecrets {
  return {
    adminKey: `admin_${randomBytes(24).toString('hex')}`,
    organizerKey: `organizer_${randomBytes(24).toString('hex')}`,
    keySecret: randomBytes(32).toString('hex'),
    databasePassword: randomBytes(24).toString('hex'),
    natsSeeds: makeSeeds(),
  };
}

function makeSeeds(): Record<(typeof seededUsers)[number], string> {
  return Object.fromEntries(seededUsers.map((user) => [user, makeSeed()])) as Record<
    (typeof seededUsers)[number],
    string
  >;
}

/** Written beside and renamed, so that a crash or a full disk never leaves half a file in its place. */
function save(file: string, secrets: KeptSecrets): void {
  const beside = `${file}.${process.pid}`;
  writeFileSync(beside, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600, flush: true });
  renameSync(beside, file);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
