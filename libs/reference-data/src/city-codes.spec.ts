import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cityRows } from './city-codes.data.js';
import { cityName, cityOf, isCityCode, prefectureOf } from './city-codes.js';

const codes = cityRows
  .trim()
  .split('\n')
  .map((row) => row.slice(0, 6));

describe('the table of city codes', () => {
  it('has every province, prefecture and county once, in order', () => {
    const levels = codes.map((code) => cityOf(code)?.level);
    expect(levels.filter((level) => level === 'province')).toHaveLength(34);
    expect(levels.filter((level) => level === 'prefecture').length).toBeGreaterThanOrEqual(333);
    expect(levels.filter((level) => level === 'county').length).toBeGreaterThan(2800);
    expect([...new Set(codes)].sort()).toEqual(codes);
  });

  it('gives every row a six-digit code and a Chinese name', () => {
    for (const row of cityRows.trim().split('\n'))
      expect(row).toMatch(/^\d{6} \p{Script=Han}+( [\p{Script=Latin} ]+)?$/u);
  });

  it.each([
    ['510100', { zh: '成都市' }],
    ['510700', { zh: '绵阳市' }],
    ['330100', { zh: '杭州市' }],
    ['441900', { zh: '东莞市' }],
    ['110000', { zh: '北京市', en: 'Beijing' }],
    ['110100', { zh: '北京市', en: 'Beijing' }],
    ['500200', { zh: '重庆市', en: 'Chongqing' }],
    ['710000', { zh: '台湾省', en: 'Taiwan' }],
    ['810000', { zh: '香港特别行政区', en: 'Hong Kong' }],
    ['820000', { zh: '澳门特别行政区', en: 'Macao' }],
    ['429004', { zh: '仙桃市' }],
    ['510104', { zh: '锦江区' }],
  ])('knows %s', (code, name) => {
    expect(isCityCode(code)).toBe(true);
    expect(cityName(code)).toEqual(name);
  });

  it.each(['', '000000', '999999', '5101', '510100 ', '469000', '320576', '620201', '__proto__'])(
    'refuses %j',
    (code) => {
      expect(isCityCode(code)).toBe(false);
      expect(cityName(code)).toBeNull();
    },
  );
});

describe('the place of a code', () => {
  it.each([
    ['510104', '510100', 'a district is in its prefecture'],
    ['510100', '510100', 'a prefecture is its own place'],
    ['441900', '441900', 'a prefecture without counties'],
    ['110000', '110000', 'a municipality'],
    ['110100', '110000', 'the same by its prefecture code'],
    ['500229', '500000', 'a county of a municipality'],
    ['429004', '429004', 'a county under the province'],
    ['429005', '429005', 'is another place than the code beside it'],
    ['810000', '810000', 'a special administrative region'],
    ['510000', '510000', 'a province as a whole'],
  ])('of %s is %s: %s', (code, place) => {
    expect(prefectureOf(code)).toBe(place);
  });

  it('of a place is itself, and lies in the table', () => {
    fc.assert(
      fc.property(fc.constantFrom(...codes), (code) => {
        const place = prefectureOf(code);
        return prefectureOf(place) === place && isCityCode(place);
      }),
      { numRuns: 1000 },
    );
  });
});
