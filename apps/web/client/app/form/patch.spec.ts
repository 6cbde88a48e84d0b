import { describe, expect, it } from '@jest/globals';
import { patchBetween } from './patch.js';

describe('the patch from one value to another', () => {
  it.each([
    [{ a: 1 }, { a: 1 }, {}],
    [{ a: 1 }, { a: 2 }, { a: 2 }],
    [{ a: 1 }, {}, { a: null }],
    [{}, { a: undefined }, {}],
    [{ a: null }, {}, {}],
    [{ name: { zh: '站', en: 'Stop' } }, { name: { zh: '站' } }, { name: { en: null } }],
    [{ name: { zh: '站' } }, { name: { en: 'Stop', zh: '站' } }, { name: { en: 'Stop' } }],
    [{ name: null }, { name: { zh: '站' } }, { name: { zh: '站' } }],
    [{ rooms: [{ id: '1', seats: 2 }] }, { rooms: [{ seats: 2, id: '1' }] }, {}],
    [{ rooms: [1, 2] }, { rooms: [2] }, { rooms: [2] }],
  ])('%j → %j', (before, after, patch) => {
    expect(patchBetween(before, after)).toEqual(patch);
  });
});
