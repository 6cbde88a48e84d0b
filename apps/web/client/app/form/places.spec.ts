import { describe, expect, it } from '@jest/globals';
import { citiesOf, provinceOf, provinces } from './places.js';

describe('places', () => {
  it('are provinces with their cities, and cities that are provinces', () => {
    expect(provinces).toHaveLength(34);
    expect(citiesOf('330000').map(({ code }) => code)).toContain('330100');
    expect(citiesOf('810000')).toHaveLength(1);
    expect(provinceOf('330100')).toBe('330000');
    for (const { code } of provinces) expect(citiesOf(code).length).toBeGreaterThan(0);
  });
});
