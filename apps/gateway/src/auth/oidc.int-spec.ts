import { createHmac, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SignJWT, UnsecuredJWT, exportJWK, type JWTPayload } from 'jose';
import { ensureTokenUser, getMe, type Caller } from '#contracts';
import { Broker } from '#messaging';
import { ConfigError, Health, createLogger, readConfig } from '#service';
import { gatewaySettings } from '../config.js';
import { StubServices } from '../testing/stub-services.js';
import { startTestBroker, type TestBroker } from '../testing/test-broker.js';
import { startGateway, type Gateway } from '../start-gateway.js';
import { subjectId } from './oidc.js';

const organizationId = '019b2f5e-7c00-7000-8000-000000000011';
const userId = '019b2f5e-7c00-7000-8000-000000000013';
const stopId = '019b2f5e-7c00-7000-8000-000000000012';
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });

let broker: TestBroker;
let connection: Broker;
let services: StubServices;
let gateway: Gateway;
let issuerServer: Server;
let issuer: string;
let keysFetched = 0;
let isIssuerDown = false;

async function startIssuer(): Promise<void> {
  const keys = [
    { ...(await exportJWK(rsa.publicKey)), kid: 'rsa', alg: 'RS256', use: 'sig' },
    { ...(await exportJWK(ec.publicKey)), kid: 'ec', alg: 'ES256', use: 'sig' },
  ];
  issuerServer = createServer((request, response) => {
    if (isIssuerDown) return void response.writeHead(503).end();
    if (request.url === '/keys') keysFetched += 1;
    const body = request.url === '/keys' ? { keys } : { issuer, jwks_uri: `${issuer}/keys` };
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => issuerServer.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(issuerServer.address() as AddressInfo).port}`;
}

async function start(environment: Record<string, string>): Promise<Gateway> {
  const settings = { NATS_URL: broker.url, HEALTH_PORT: '1', HOST: '127.0.0.1', PORT: '1', ...environment };
  const config = readConfig(gatewaySettings, settings);
  return startGateway({ ...config, PORT: 0 }, connection, new Health(), createLogger('gateway', 'silent'));
}

beforeAll(async () => {
  await startIssuer();
  broker = await startTestBroker();
  connection = await Broker.connect({ url: broker.url, name: 'gateway' });
  services = new StubServices(await Broker.connect({ url: broker.url, name: 'stubs' }));
  await services.start([ensureTokenUser, getMe]);
  services.handle(ensureTokenUser, () => ({ userId }));
  services.handle(getMe, (_input, { caller }) => ({ caller }));
  gateway = await start({ OIDC_ISSUER: issuer, OIDC_AUDIENCE: 'waystop' });
});

afterAll(async () => {
  await gateway.drain();
  await services.stop();
  await connection.drain();
  await broker.stop();
  issuerServer.close();
});

interface Made {
  claims?: JWTPayload;
  header?: Record<string, unknown>;
  key?: KeyObject;
  issuedBy?: string;
  audience?: string;
  expires?: number | null;
  notBefore?: number;
}

const now = () => Math.floor(Date.now() / 1_000);

/** A good token of an organizer, but for what a case changes. */
function token(made: Made = {}): Promise<string> {
  const claims = {
    waystop_role: 'organizer',
    waystop_organization: organizationId,
    sub: 'u1',
    ...made.claims,
  };
  const jwt = new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'rsa', ...made.header });
  jwt.setIssuer(made.issuedBy ?? issuer).setAudience(made.audience ?? 'waystop');
  if (made.expires !== null) jwt.setExpirationTime(made.expires ?? now() + 300);
  if (made.notBefore !== undefined) jwt.setNotBefore(made.notBefore);
  return jwt.sign(made.key ?? rsa.privateKey);
}

async function me(bearer: string): Promise<{ status: number; body: Record<string, unknown> }> {
  const answer = await fetch(`http://127.0.0.1:${gateway.port}/v1/me`, {
    headers: { authorization: `Bearer ${bearer}` },
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** The oldest trick: the public key, which everybody has, as the shared secret of an HMAC. */
async function signedWithThePublicKey(): Promise<string> {
  const good = await token();
  const input = `${encoded({ alg: 'HS256', kid: 'rsa' })}.${good.split('.')[1]}`;
  const secret = rsa.publicKey.export({ type: 'spki', format: 'pem' });
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}

async function withPayload(change: (claims: Record<string, unknown>) => unknown): Promise<string> {
  const [header, payload = '', signature] = (await token()).split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
  return `${header}.${encoded(change(claims))}.${signature}`;
}

describe('tokens of the own issuer', () => {
  it('stand for what their claims say, and for one subject each', async () => {
    const { status, body } = await me(await token());
    expect([status, body]).toEqual([
      200,
      {
        role: 'organizer',
        organizationId,
        companyId: null,
        stopId: null,
        keyId: subjectId(issuer, 'u1'),
        user: null,
        memberships: [],
      },
    ]);
    const staff = { waystop_role: 'staff', waystop_stop: stopId, sub: 'u2' };
    expect((await me(await token({ claims: staff }))).body).toMatchObject({ role: 'staff', stopId });
    expect(subjectId(issuer, 'u1')).not.toBe(subjectId(issuer, 'u2'));
    expect((await me(await token({ header: { alg: 'ES256', kid: 'ec' }, key: ec.privateKey }))).status).toBe(
      200,
    );
  });

  it.each<[string, () => string | Promise<string>]>([
    ['no algorithm', () => new UnsecuredJWT({ sub: 'u1', waystop_role: 'admin' }).setIssuer(issuer).encode()],
    ['another issuer', () => token({ issuedBy: 'https://issuer.example.org' })],
    ['another audience', () => token({ audience: 'somebody-else' })],
    ['expired', () => token({ expires: now() - 60 })],
    ['never ending', () => token({ expires: null })],
    ['not valid yet', () => token({ notBefore: now() + 120 })],
    ['an unknown key', () => token({ header: { kid: 'nobody' } })],
    ['the key of somebody else under a known name', () => token({ key: other.privateKey })],
    ['HS256 with the public key as the secret', () => signedWithThePublicKey()],
    ['a payload that was changed', () => withPayload((claims) => ({ ...claims, waystop_role: 'admin' }))],
    ['no signature', async () => `${(await token()).split('.').slice(0, 2).join('.')}.`],
    [
      'a key of its own in the header',
      async () =>
        token({ header: { jwk: await exportJWK(other.publicKey), kid: undefined }, key: other.privateKey }),
    ],
    [
      'a critical extension that nobody knows',
      async () => {
        const [, ...rest] = (await token()).split('.');
        return [encoded({ alg: 'RS256', kid: 'rsa', crit: ['x'], x: 1 }), ...rest].join('.');
      },
    ],
    ['an algorithm that is not the one of the key', () => token({ header: { alg: 'PS256' } })],
    ['no subject', () => token({ claims: { sub: undefined } as unknown as JWTPayload })],
    ['no role', () => token({ claims: { waystop_role: undefined } })],
    ['a role that nobody has', () => token({ claims: { waystop_role: 'public' } })],
    ['an organizer of no organization', () => token({ claims: { waystop_organization: 'mine' } })],
    ['staff without a stop', () => token({ claims: { waystop_role: 'staff' } })],
    ['rubbish', () => 'eyJhbGciOiJSUzI1NiJ9.eyJ.x'],
  ])('are refused: %s', async (_what, make) => {
    const { status, body } = await me(await make());
    expect([status, body['code']]).toEqual([401, 'auth.required']);
  });

  it('cost one fetch of the keys, however many come, also with keys that nobody has', async () => {
    const before = keysFetched;
    await Promise.all(Array.from({ length: 20 }, async () => me(await token({ header: { kid: 'nobody' } }))));
    for (let round = 0; round < 5; round += 1) await me(await token({ header: { kid: `nobody-${round}` } }));
    expect(keysFetched - before).toBeLessThanOrEqual(1);
  });

  it('are 503 while the keys of the issuer cannot be had, and good again after', async () => {
    const fresh = await start({ OIDC_ISSUER: issuer, OIDC_AUDIENCE: 'waystop' });
    const ask = async () => {
      const headers = { authorization: `Bearer ${await token()}` };
      return (await fetch(`http://127.0.0.1:${fresh.port}/v1/me`, { headers })).status;
    };
    isIssuerDown = true;
    expect(await ask()).toBe(503);
    isIssuerDown = false;
    expect(await ask()).toBe(200);
    await fresh.drain();
  });
});

describe('the settings of the issuer', () => {
  it('need an audience, since tokens for others are no tokens for us', async () => {
    await expect(start({ OIDC_ISSUER: issuer })).rejects.toThrow(ConfigError);
  });

  it('leave tokens out where there is no issuer', async () => {
    const without = await start({});
    const headers = { authorization: `Bearer ${await token()}` };
    const answer = await fetch(`http://127.0.0.1:${without.port}/v1/me`, { headers });
    // Then it is a key like any other, which accounts would have to know; here nobody answers.
    expect(answer.status).toBe(503);
    await without.drain();
  });
});

describe('the person behind a token', () => {
  it('is a user where the issuer has verified an address, asked for once', async () => {
    const claims = { email: 'Person@Example.com', email_verified: true, name: '示例用户' };
    const bearer = await token({ claims });
    for (let count = 0; count < 3; count += 1) {
      const { status, body } = await me(bearer);
      const caller: Caller = { role: 'organizer', keyId: subjectId(issuer, 'u1'), organizationId, userId };
      expect([status, body]).toEqual([200, { caller }]);
    }
    expect(services.callsOf(ensureTokenUser).map(({ input }) => input)).toEqual([
      { email: 'person@example.com', name: '示例用户' },
    ]);
  });

  it.each<[string, JWTPayload]>([
    ['no address', {}],
    ['an address that nobody verified', { email: 'a@example.com' }],
    ['an address that is not verified', { email: 'b@example.com', email_verified: false }],
    ['a word in place of a yes', { email: 'c@example.com', email_verified: 'true' }],
    ['what is no address', { email: 'd', email_verified: true }],
  ])('is nobody with %s', async (_what, claims) => {
    const { status, body } = await me(await token({ claims }));
    expect([status, body['user'], body['keyId']]).toEqual([200, null, subjectId(issuer, 'u1')]);
  });
});
