import { describe, expect, it } from '@jest/globals';
import { cityOf, stopTitle } from './stop-title.js';

const stop = (name: object, city: object = { zh: '杭州市' }) => ({ name, city: { name: city } });

describe('the title of a stop', () => {
  it.each([
    [stop({ zh: '杭州站' }), 'zh', '杭州站', 'zh'],
    [stop({ zh: '工业数据专场' }), 'zh', '杭州市 · 工业数据专场', 'zh'],
    [stop({ zh: '杭州站', en: 'Hangzhou' }), 'en', 'Hangzhou', 'en'],
    [stop({ en: 'Industry' }, { zh: '杭州市', en: 'Hangzhou' }), 'en', 'Hangzhou · Industry', 'en'],
    [stop({ zh: '工业数据专场' }), 'en', '杭州市 · 工业数据专场', 'zh'],
  ] as const)('of %j in %s is %s', (one, lang, text, its) =>
    expect(stopTitle(one, lang)).toEqual({ text, lang: its }),
  );
});

describe('the city of a stop', () => {
  it.each([
    [stop({ zh: '杭州站', en: 'Hangzhou' }), 'zh', '杭州市', 'zh'],
    [stop({ zh: '杭州站', en: 'Hangzhou' }), 'en', 'Hangzhou', 'en'],
    [stop({ zh: '杭州站' }), 'en', '杭州市', 'zh'],
  ] as const)('of %j in %s is %s', (one, lang, text, its) =>
    expect(cityOf(one, lang)).toEqual({ text, lang: its }),
  );
});
