import { expect, it } from '@jest/globals';
import { cityOf } from './city.js';

it('names a city in English as the organizer does, else as usual', () => {
  expect(cityOf({ code: '510100', name: { zh: '成都市' } })).toEqual({ zh: '成都市', en: 'Chengdu' });
  expect(cityOf({ code: '510100', name: { zh: '成都', en: 'Tianfu' } }).en).toBe('Tianfu');
  expect(cityOf({ code: '429004', name: { zh: '仙桃市' } })).toEqual({ zh: '仙桃市' });
});
