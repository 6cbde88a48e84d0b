import { describe, expect, it } from '@jest/globals';
import { isFromElsewhere, isOwnSite } from './cross-site.js';

const own = 'https://tour.example.org';

describe('a request that changes something', () => {
  it.each<[string, string | undefined, string | undefined, boolean, boolean]>([
    // What, Sec-Fetch-Site, Origin, for sign-in itself, else
    ['of an own page', 'same-origin', own, true, true],
    ['of an own page under another name', 'same-origin', 'http://localhost:3000', true, true],
    ['of a page of a neighbour domain', 'same-site', 'https://other.example.org', false, false],
    ['of a page of another site', 'cross-site', 'https://evil.example.com', false, false],
    ['that claims two things', 'cross-site', own, false, false],
    ['that was typed', 'none', undefined, false, false],
    ['of an older browser, own page', undefined, own, true, true],
    ['of an older browser, another port', undefined, 'https://tour.example.org:8443', false, false],
    ['of an older browser, without TLS', undefined, 'http://tour.example.org', false, false],
    ['of an older browser, an opaque page', undefined, 'null', false, false],
    ['of an older browser, a name that begins alike', undefined, `${own}.evil.example.com`, false, false],
    ['of a machine', undefined, undefined, true, false],
  ])('%s', (_what, site, origin, forSignIn, forOthers) => {
    const headers = {
      ...(site === undefined ? {} : { 'sec-fetch-site': site }),
      ...(origin === undefined ? {} : { origin }),
    };
    expect([isOwnSite(headers, own, true), isOwnSite(headers, own, false)]).toEqual([forSignIn, forOthers]);
  });
});

describe('a read', () => {
  it.each<[string, object, boolean]>([
    ['of a machine', {}, false],
    ['of an own page', { 'sec-fetch-site': 'same-origin' }, false],
    ['that was typed', { 'sec-fetch-site': 'none' }, false],
    ['of another site', { 'sec-fetch-site': 'cross-site' }, true],
    ['of an older browser, another site', { origin: 'https://evil.example.com' }, true],
  ])('%s', (_what, headers, elsewhere) => expect(isFromElsewhere(headers, own)).toBe(elsewhere));
});
