import { describe, expect, it } from '@jest/globals';
import { placeAfterSignIn } from './next-place.js';

describe('the place after signing in', () => {
  it.each([
    ['/company/stops/1/register', '/company/stops/1/register'],
    ['/en/company?x=1', '/en/company?x=1'],
    [null, '/company'],
    ['//evil.example', '/company'],
    ['/\\evil.example', '/company'],
    ['https://evil.example', '/company'],
    ['javascript:alert(1)', '/company'],
    ['', '/company'],
  ])('from %j is %s', (next, place) => expect(placeAfterSignIn(next, 'company', false)).toBe(place));

  it('is the desk of the role, in the language of the visit', () => {
    expect(placeAfterSignIn(null, 'organizer', true)).toBe('/en/console');
  });
});
