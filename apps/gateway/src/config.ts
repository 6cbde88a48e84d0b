import { z } from 'zod';
import { processSettings } from '#service';

/** What the gateway is told. */
export const gatewaySettings = {
  ...processSettings,
  PORT: z.coerce.number().int().min(1).max(65_535).default(3_000),
  HOST: z.string().default('0.0.0.0'),
  /** Requests a minute and caller: a key, or an address without one. 0 turns the limit off. */
  RATE_LIMIT_PER_MINUTE: z.coerce.number().int().min(0).max(1_000_000).default(0),
  /** Origins whose pages may call from a browser, separated by commas. */
  CORS_ORIGINS: z
    .string()
    .default('')
    .transform((list) =>
      list
        .split(',')
        .map((origin) => origin.trim())
        .filter((origin) => origin !== ''),
    )
    .pipe(
      z.array(z.string().regex(/^https?:\/\/[^/*\s]+$/, 'must be origins such as https://app.example.org')),
    ),
  /** Proxies in front whose `X-Forwarded-For` is believed: addresses or networks, separated by commas. */
  TRUSTED_PROXIES: z.string().optional(),
};

export type GatewayConfig = z.output<z.ZodObject<typeof gatewaySettings>>;
