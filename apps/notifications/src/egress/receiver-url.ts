import ipaddr from 'ipaddr.js';
import { isAllowedAddress, isInAllowList, type EgressAllowList } from './allowed-address.js';

const publicPorts = new Set(['', '443', '8443']);

/** A receiver whose addresses were looked at. The connection goes to one of these and to no other. */
export interface CheckedReceiver {
  readonly url: URL;
  readonly addresses: readonly string[];
}

/** Gives every address that a name stands for; rejects or gives none where there is none. */
export type ResolveHost = (host: string) => Promise<readonly string[]>;

/** What is wrong with an address: how it is written, that its host does not resolve, or that it is not public. */
export type RefusalReason = 'form' | 'host' | 'private';

/** An address to which nothing is sent; the message says why, in words for the owner. */
export class RefusedUrl extends Error {
  constructor(
    message: string,
    readonly reason: RefusalReason = 'form',
  ) {
    super(message);
  }
}

/**
 * Checks where a URL leads before anything is sent there: `https` on 443 or 8443, no userinfo, no fragment, and every
 * address of the host public. Within the operator's networks `http` and any port pass as well.
 * @throws RefusedUrl
 */
export async function checkReceiverUrl(
  text: string,
  allowed: EgressAllowList,
  resolve: ResolveHost,
): Promise<CheckedReceiver> {
  const url = parse(text);
  if (url.username !== '' || url.password !== '') throw new RefusedUrl('must not hold a user or password');
  if (url.hash !== '' || text.includes('#')) throw new RefusedUrl('must not hold a fragment');
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new RefusedUrl('must begin with https://');
  const addresses = await addressesOf(url.hostname, resolve);
  if (!addresses.every((address) => isAllowedAddress(address, allowed)))
    throw new RefusedUrl('must lead to a public address; this one is private, local or reserved', 'private');
  if (addresses.every((address) => isInAllowList(address, allowed))) return { url, addresses };
  if (url.protocol !== 'https:') throw new RefusedUrl('must begin with https://');
  if (!publicPorts.has(url.port)) throw new RefusedUrl('must use port 443 or 8443');
  return { url, addresses };
}

function parse(text: string): URL {
  // The URL standard leaves out tabs and line breaks, and reads a backslash as a slash: two readers would disagree.
  if (/[\s\\\p{Cc}]/u.test(text))
    throw new RefusedUrl('must not hold spaces, backslashes or control characters');
  if (!URL.canParse(text)) throw new RefusedUrl('must be a URL such as https://hooks.example.com/waystop');
  return new URL(text);
}

/** A literal address stands for itself; every other host is asked for. */
async function addressesOf(hostname: string, resolve: ResolveHost): Promise<readonly string[]> {
  const literal = hostname.replace(/^\[(.*)\]$/, '$1');
  if (ipaddr.isValid(literal)) return [literal];
  const addresses = await resolve(hostname).catch(() => []);
  if (addresses.length === 0) throw new RefusedUrl('must name a host that can be resolved', 'host');
  return addresses;
}
