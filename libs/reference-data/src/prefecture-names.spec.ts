import { describe, expect, it } from '@jest/globals';
import { cityRows } from './city-codes.data.js';
import { englishCityName } from './prefecture-names.js';

describe('the English name of a city', () => {
  it.each([
    ['510100', 'Chengdu'],
    ['510104', 'Chengdu'],
    ['330100', 'Hangzhou'],
    ['610100', "Xi'an"],
    ['650100', 'Ürümqi'],
    ['110108', 'Beijing'],
    ['810000', 'Hong Kong'],
    ['429004', null],
    ['000000', null],
  ])('of %s is %s', (code, name) => {
    expect(englishCityName(code)).toBe(name);
  });

  it('is there for every prefecture', () => {
    const codes = cityRows
      .trim()
      .split('\n')
      .map((row) => row.slice(0, 6))
      .filter((code) => code.endsWith('00'));
    expect(codes.filter((code) => englishCityName(code) === null)).toEqual([]);
  });
});
