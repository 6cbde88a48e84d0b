import { z } from 'zod';

const firstKey = z.string().regex(/^[\x21-\x7e]{32,200}$/, 'must be 32 to 200 visible ASCII characters');

/** Settings of accounts beside those of every service. */
export const accountsSettings = {
  /** The key of the installation's administrator. */
  ADMIN_KEY: firstKey,
  /** The key of the first organization, which is made at the first start. */
  ORGANIZER_KEY: firstKey,
  /** Keys are derived from it: who has it can make every key. Changing it ends no key, but repeats of old answers. */
  KEY_SECRET: z.string().regex(/^[0-9a-f]{64}$/i, 'must be 64 hexadecimal digits (32 random bytes)'),
  /** The installation's address, with which the links of the command `sign-in-link` begin. */
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'must be a URL such as https://tour.example.org' })
    .optional(),
};

export type AccountsConfig = z.output<z.ZodObject<typeof accountsSettings>>;
