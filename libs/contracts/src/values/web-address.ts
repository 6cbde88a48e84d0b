import { readText } from './readable-text.js';
import type { Reading } from './reading.js';

/** Characters of an address at most, in the form in which it is stored. */
export const maxWebAddressLength = 2_000;

/** Reads an address that a browser opens, in the canonical spelling of WHATWG's URL Standard. */
export function readWebAddress(given: string): Reading {
  const text = readText(given, { minLength: 1, maxLength: maxWebAddressLength, isOneLine: true });
  if ('fault' in text) return text;
  const url = URL.parse(text.value);
  if (url === null || !/^https?:$/.test(url.protocol))
    return { fault: 'must be a web address such as https://example.com' };
  if (url.href.length > maxWebAddressLength)
    return { fault: `must be at most ${maxWebAddressLength} characters long when it is percent-encoded` };
  return { value: url.href };
}
