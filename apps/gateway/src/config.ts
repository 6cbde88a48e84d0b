import { z } from 'zod';
import { ConfigError, brokerSettings, processSettings } from '#service';
import type { OidcSettings } from './auth/oidc.js';

/** Gateway settings, read from the environment. */
export const gatewaySettings = {
  ...processSettings,
  ...brokerSettings,
  PORT: z.coerce.number().int().min(1).max(65_535).default(3_000),
  HOST: z.string().default('0.0.0.0'),
  /**
   * The installation's address as its users know it: links in responses begin with it, whatever `Host` a request names.
   * `http://127.0.0.1:<PORT>` where it is not set.
   */
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'must be a URL such as https://tour.example.org' })
    .refine((url) => !/[?#]/.test(url), { error: 'must have no query and no fragment' })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  /** Requests a minute and caller: a key, or an address without one. 0 turns the limit off. */
  RATE_LIMIT_PER_MINUTE: z.coerce.number().int().min(0).max(1_000_000).default(0),
  /** Requests a minute and address, whatever keys they bear. 0 turns the limit off: companies may share an address. */
  ADDRESS_LIMIT_PER_MINUTE: z.coerce.number().int().min(0).max(1_000_000).default(0),
  /** Sign-ups of companies a minute and address; as many as requests where it is not set. 0 turns the limit off. */
  SIGN_UP_LIMIT_PER_MINUTE: z.coerce.number().int().min(0).max(1_000_000).optional(),
  /** A request must have arrived whole after this, in seconds: slow senders are cut off. */
  REQUEST_TIMEOUT_SECONDS: z.coerce.number().min(0.1).max(300).default(15),
  /** Origins whose pages may do more than public reads, separated by commas. */
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
  /** Where the web process serves its pages; every path that is not the API's is passed on to it. */
  WEB_URL: z
    .url({ protocol: /^https?$/, error: 'must be the URL of the web process, such as http://web:3001' })
    .optional(),
  /** Proves that a request comes from the web process, which then says for which reader's address it asks. */
  WEB_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
  /** Proxies in front whose `X-Forwarded-For` is trusted: addresses or networks, separated by commas. */
  TRUSTED_PROXIES: z.string().optional(),
  /** The installation's own OpenID Connect issuer, whose bearer tokens are accepted beside keys. */
  OIDC_ISSUER: z.url({ protocol: /^https?$/, error: 'must be the URL of the issuer' }).optional(),
  /** The audience that tokens must name. */
  OIDC_AUDIENCE: z.string().optional(),
  /** The issuer's keys, where its discovery document does not name them. */
  OIDC_JWKS_URL: z.url({ protocol: /^https?$/, error: 'must be the URL of a JWK set' }).optional(),
  OIDC_ROLE_CLAIM: z.string().default('waystop_role'),
  OIDC_ORGANIZATION_CLAIM: z.string().default('waystop_organization'),
  OIDC_COMPANY_CLAIM: z.string().default('waystop_company'),
  OIDC_STOP_CLAIM: z.string().default('waystop_stop'),
};

export type GatewayConfig = z.output<z.ZodObject<typeof gatewaySettings>>;

/** The address that links begin with, without a slash at its end. */
export function publicUrlOf({ PUBLIC_URL: url, PORT: port }: GatewayConfig): string {
  return url ?? `http://127.0.0.1:${port}`;
}

/** The settings of the issuer, where there is one. @throws ConfigError for an issuer without an audience */
export function oidcSettings(config: GatewayConfig): OidcSettings | undefined {
  const { OIDC_ISSUER: issuer, OIDC_AUDIENCE: audience, OIDC_JWKS_URL: jwksUrl } = config;
  if (issuer === undefined) return undefined;
  if (audience === undefined) {
    throw new ConfigError(['OIDC_AUDIENCE: must name the audience of the tokens of OIDC_ISSUER']);
  }
  const claims = {
    role: config.OIDC_ROLE_CLAIM,
    organizationId: config.OIDC_ORGANIZATION_CLAIM,
    companyId: config.OIDC_COMPANY_CLAIM,
    stopId: config.OIDC_STOP_CLAIM,
  };
  return { issuer, audience, jwksUrl, claims };
}
