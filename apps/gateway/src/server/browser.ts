import type { FastifyRequest } from 'fastify';
import type { Browser } from '#contracts';
import type { SignInCookies } from '../auth/sign-in-cookies.js';
import { countedAddress } from '../rate-limit/address.js';

const maxUserAgentChars = 300;
const unprintable = /[^\x20-\x7e]/g;

/** What accounts has to know of the browser that signs in. */
export function browserOf({ headers }: FastifyRequest, address: string, cookies: SignInCookies): Browser {
  const userAgent = headers['user-agent']?.replace(unprintable, '').slice(0, maxUserAgentChars).trim();
  return {
    askingToken: cookies.askingIn(headers.cookie) ?? null,
    network: countedAddress(address),
    userAgent: userAgent === undefined || userAgent === '' ? null : userAgent,
  };
}
