import { createHash } from 'node:crypto';
import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { Email, Id, Problem, roles, type Caller } from '#contracts';

export interface OidcSettings {
  issuer: string;
  audience: string;
  /** Where the issuer's keys are; without it the discovery document says so. */
  jwksUrl?: string | undefined;
  /** The names of the claims that say what the token's subject may do. */
  claims: { role: string; organizationId: string; companyId: string; stopId: string };
}

/** What a token says: who calls, and the person behind it where the issuer has proven an address. */
export interface TokenIdentity {
  caller: Caller;
  person: { email: string; name: string | null } | null;
}

/** Asymmetric algorithms alone: with a shared secret, everything that checks a token could also make one. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
/** Clocks of two machines may differ by this much, in seconds. */
const clockToleranceSeconds = 5;
const timeoutMs = 3_000;
/** A token with an unknown key makes the keys be fetched again, but not more often than this. */
const fetchAgainAfterMs = 30_000;
const maxNameLength = 200;
const keysKeptForMs = 10 * 60_000;
const tokenFaults = [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys, errors.JOSENotSupported];

/** Checks bearer tokens of the installation's own issuer (OpenID Connect, RFC 9068, RFC 8725). */
export class OidcVerifier {
  private keys: Promise<JWTVerifyGetKey> | undefined;

  constructor(private readonly settings: OidcSettings) {}

  /**
   * @returns who calls; `null` for an invalid token, whatever is wrong with it
   * @throws Problem `service.unavailable` where the issuer's keys can't be had
   */
  async identify(token: string): Promise<TokenIdentity | null> {
    try {
      const { issuer, audience } = this.settings;
      const { payload } = await jwtVerify(token, this.keyFor, {
        issuer,
        audience,
        algorithms,
        clockTolerance: clockToleranceSeconds,
        requiredClaims: ['sub', 'exp', 'iss', 'aud'],
      });
      const caller = callerOfToken(payload, this.settings);
      return caller && { caller, person: personOfToken(payload) };
    } catch (error) {
      if (error instanceof Problem) throw error;
      return null;
    }
  }

  /** The issuer's key that a token names. That there is none is the token's fault, anything else the issuer's. */
  private readonly keyFor: JWTVerifyGetKey = async (header, token) => {
    try {
      return await (
        await this.keySet()
      )(header, token);
    } catch (error) {
      throw tokenFaults.some((fault) => error instanceof fault) ? error : issuerUnavailable();
    }
  };

  private keySet(): Promise<JWTVerifyGetKey> {
    this.keys ??= this.findKeys().catch((error: unknown) => {
      this.keys = undefined;
      throw error;
    });
    return this.keys;
  }

  private async findKeys(): Promise<JWTVerifyGetKey> {
    const url = this.settings.jwksUrl ?? (await discover(this.settings.issuer));
    return createRemoteJWKSet(new URL(url), {
      timeoutDuration: timeoutMs,
      cooldownDuration: fetchAgainAfterMs,
      cacheMaxAge: keysKeptForMs,
    });
  }
}

const Discovery = z.object({ issuer: z.string(), jwks_uri: z.url() });

/** OpenID Connect Discovery 1.0, section 4. */
async function discover(issuer: string): Promise<string> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs), redirect: 'error' });
  const found = Discovery.parse(await response.json());
  if (found.issuer !== issuer) throw new Error('The discovery document names another issuer.');
  return found.jwks_uri;
}

const Role = z.enum(roles).exclude(['public']);

/** What the claims allow; `null` where they name no role, or not what the role needs. */
export function callerOfToken(payload: JWTPayload, { claims, issuer }: OidcSettings): Caller | null {
  const idIn = (name: string) => Id.safeParse(payload[name]).data;
  const role = Role.safeParse(payload[claims.role]).data;
  const keyId = subjectId(issuer, payload.sub ?? '');
  const organizationId = idIn(claims.organizationId);
  const companyId = idIn(claims.companyId);
  const stopId = idIn(claims.stopId);
  if (role === undefined) return null;
  switch (role) {
    case 'admin':
      return { role, keyId };
    case 'company':
      return companyId === undefined ? null : { role, keyId, companyId };
    case 'organizer':
      return organizationId === undefined ? null : { role, keyId, organizationId };
    case 'staff':
      return organizationId === undefined || stopId === undefined
        ? null
        : { role, keyId, organizationId, stopId };
  }
}

/** OpenID Connect Core 1.0, 5.1: only an address that the issuer has verified says who somebody is. */
export function personOfToken({
  email,
  email_verified: isVerified,
  name,
}: JWTPayload): TokenIdentity['person'] {
  const read = Email.safeParse(email);
  if (isVerified !== true || !read.success) return null;
  return { email: read.data, name: typeof name === 'string' && name.length <= maxNameLength ? name : null };
}

/** One id for one subject of one issuer, in the form of a key's id (UUID version 8, RFC 9562): audits and limits use it. */
export function subjectId(issuer: string, subject: string): string {
  const bytes = createHash('sha256')
    .update(JSON.stringify([issuer, subject]))
    .digest()
    .subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Whether a bearer token has the form of a signed JWT (RFC 7515, 7.1) rather than of a key. */
export function looksLikeJwt(token: string): boolean {
  const [header = '', ...rest] = token.split('.');
  return rest.length === 2 && header.startsWith('eyJ');
}

function issuerUnavailable(): Problem {
  return new Problem(
    'service.unavailable',
    'The issuer of this token is unavailable. Try again in a moment.',
    { retryAfterSeconds: 2 },
  );
}
