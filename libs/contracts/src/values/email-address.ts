import { codePointIn } from './readable-text.js';
import type { Reading } from './reading.js';

/** Octets, RFC 5321 4.5.3.1: of the part before the "@", and of the whole (256 with its angle brackets). */
const maxLocalPartOctets = 64;
const maxAddressOctets = 254;

const example = 'an e-mail address such as name@example.com';
const invisible = /[\p{Default_Ignorable_Code_Point}\p{Format}\p{Control}\u2028\u2029\u2800]/u;
/** RFC 5321 4.1.2: atoms (RFC 5322 3.2.3) with single dots between them. */
const localPart = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
/** RFC 1035 as RFC 5321 4.1.2 has it: letters, digits and hyphens, the hyphens inside, at most 63. */
const domainLabel = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** Most addresses: ASCII, of the usual characters. So short that no part of one can be too long. */
const usual =
  /^(?=.{6,64}$)[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z](?:[a-z0-9-]*[a-z0-9])?$/i;

/**
 * Reads an e-mail address of RFC 5321 without quoted parts and address literals: in lower case, so that two spellings
 * of one address compare equal, and with an internationalized domain in its ASCII form (RFC 5890 A-labels).
 */
export function readEmailAddress(given: string): Reading {
  return usual.test(given) ? { value: given.toLowerCase() } : readAnyEmailAddress(given);
}

/** The same by all rules one after the other, which takes several times as long. */
export function readAnyEmailAddress(given: string): Reading {
  const address = given.trim();
  const fault = characterFault(address);
  if (fault !== null) return { fault };
  const at = address.lastIndexOf('@');
  if (at < 1 || at === address.length - 1) return { fault: `must be ${example}` };
  const local = address.slice(0, at).toLowerCase();
  const domain = domainOf(address.slice(at + 1));
  const unfit = localPartFault(local) ?? (domain === null ? domainFault(address.slice(at + 1)) : null);
  if (unfit !== null) return { fault: unfit };
  const value = `${local}@${domain}`;
  return value.length > maxAddressOctets
    ? { fault: `must be at most ${maxAddressOctets} characters long` }
    : { value };
}

function characterFault(address: string): string | null {
  if (address === '') return 'must not be empty';
  const found = codePointIn(address, invisible);
  if (found !== null) return `must not contain the invisible character ${found}`;
  return /\s/u.test(address) ? 'must not contain blanks' : null;
}

function localPartFault(local: string): string | null {
  if (local.startsWith('"')) return 'must not have quotation marks before the "@"';
  if (/[^\u0021-\u007E]/u.test(local)) return 'must have only ASCII characters before the "@"';
  if (local.length > maxLocalPartOctets)
    return `must have at most ${maxLocalPartOctets} characters before the "@"`;
  if (localPart.test(local)) return null;
  const [wrong] = /[^a-z0-9!#$%&'*+/=?^_`{|}~.-]/.exec(local) ?? [];
  return wrong === undefined
    ? 'must not begin or end with a dot, or have two in a row, before the "@"'
    : `must not contain ${wrong} before the "@"`;
}

function domainFault(given: string): string {
  if (given.startsWith('[')) return 'must have a domain name after the "@", not an address in brackets';
  return 'must have a domain name such as example.com after the "@"';
}

/** The domain in ASCII and lower case, or null where it is none. At least two labels: mail goes to no bare name. */
function domainOf(given: string): string | null {
  const ascii = asciiDomain(given);
  const labels = ascii?.split('.') ?? [];
  const isDomain = labels.length > 1 && labels.every((label) => domainLabel.test(label));
  // All digits would be (part of) an IPv4 address.
  return ascii !== null && isDomain && !/^\d+$/.test(labels.at(-1) ?? '') ? ascii : null;
}

/** The URL standard's "domain to ASCII" (UTS #46), the one way to it that Node and browsers share. */
function asciiDomain(given: string): string | null {
  // oxlint-disable-next-line no-control-regex -- All of ASCII is meant.
  if (/^[\u0000-\u007F]*$/u.test(given)) return given.toLowerCase();
  // What a URL would take for the end of its host, or for a port, is no part of a domain.
  if (/[^\p{L}\p{M}\p{N}.\u3002\uFF0E\uFF61\u00B7\u30FB-]/u.test(given)) return null;
  const labels = given.split(/[.\u3002\uFF0E\uFF61]/u);
  // In ASCII the hyphen would stand inside: `xn--…--`. RFC 5891, 4.2.3.1 forbids it all the same.
  if (labels.some((label) => label.startsWith('-') || label.endsWith('-'))) return null;
  return URL.canParse(`http://${given}/`) ? new URL(`http://${given}/`).hostname : null;
}
