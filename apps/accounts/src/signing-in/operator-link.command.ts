import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { WrongCommand, readConfigOrExit, type DataSource } from '#service';
import { accountsSettings } from '../config.js';
import { hashOfToken } from '../secrets/token-derivation.service.js';

const lifetimeMs = 15 * 60_000;
const roles = ['organizer', 'admin'];

const settings = {
  PUBLIC_URL: accountsSettings.PUBLIC_URL,
  PORT: z.coerce.number().int().default(3_000),
};

/**
 * The command `sign-in-link organizer`: prints a link that signs one browser in once, within 15 minutes, with the key of
 * the environment. So an operator can sign in without a mail.
 */
export async function printSignInLink(
  source: DataSource,
  [role = '', ...rest]: readonly string[],
): Promise<string> {
  if (!roles.includes(role) || rest.length > 0)
    throw new WrongCommand('Usage: sign-in-link organizer | admin');
  const config = readConfigOrExit(settings);
  const token = randomBytes(32).toString('base64url');
  const made = (await source.query(
    `INSERT INTO operator_links (link_hash, api_key_id, created_at, expires_at)
     SELECT $1, id, now(), $3 FROM api_keys WHERE from_environment AND role = $2 AND deleted_at IS NULL
     RETURNING api_key_id`,
    [hashOfToken('link', token), role, new Date(Date.now() + lifetimeMs)],
  )) as unknown[];
  if (made.length === 0)
    throw new Error(`There is no ${role} yet: the service makes one at its first start.`);
  const baseUrl = config.PUBLIC_URL?.replace(/\/+$/, '') ?? `http://127.0.0.1:${config.PORT}`;
  return `${baseUrl}/sign-in#${token}\n`;
}
