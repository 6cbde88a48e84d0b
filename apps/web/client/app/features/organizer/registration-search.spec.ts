import { describe, expect, it } from '@jest/globals';
import { registrationSearch } from './registration-search.js';

describe('the filters of registrations in an address', () => {
  it.each([
    [{}, {}],
    [
      { status: 'pending', q: '企业', sort: '-createdAt' },
      { status: 'pending', q: '企业', sort: '-createdAt' },
    ],
    [{ status: 'gone', q: '', sort: 'createdAt' }, {}],
    // Digits alone are read as a number.
    [{ q: 1234 }, { q: '1234' }],
    [{ q: ['a'], sort: 'evil', other: 1 }, {}],
  ])('%j → %j', (address, search) => {
    expect(registrationSearch(address)).toEqual(search);
  });
});
