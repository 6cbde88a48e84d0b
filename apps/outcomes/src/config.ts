import { z } from 'zod';

/** Settings of outcomes besides those of every service. */
export const outcomesSettings = {
  /** Verification codes are derived from it: who has it can make valid ones. Changing it ends every printed code. */
  CODE_SECRET: z.string().regex(/^[0-9a-f]{64}$/i, 'must be 64 hexadecimal digits (32 random bytes)'),
  /** The installation's address: QR codes on documents begin with it. */
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'must be a URL such as https://tour.example.org' })
    .transform((url) => url.replace(/\/+$/, ''))
    .default('http://127.0.0.1:3000'),
};

export type OutcomesConfig = z.output<z.ZodObject<typeof outcomesSettings>>;
