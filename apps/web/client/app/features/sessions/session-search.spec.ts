import { describe, expect, it } from '@jest/globals';
import { aSession } from '../planner/sessions.fixture.js';
import { hasText, sessionSearch } from './session-search.js';

describe('the search in sessions', () => {
  it.each([
    [{}, {}],
    [
      { status: 'proposed', q: 'ai' },
      { status: 'proposed', q: 'ai' },
    ],
    [{ status: 'nonsense', q: '' }, {}],
    [{ q: 2027 }, { q: '2027' }],
  ])('reads %j from an address', (address, search) => expect(sessionSearch(address)).toEqual(search));

  it.each([
    ['ｄata', true],
    [' 示例甲', true],
    ['wang@', true],
    ['合规', true],
    ['nothing', false],
  ])('finds %s: %s', (q, isFound) =>
    expect(hasText(aSession({ title: { zh: '数据', en: 'Data' }, track: '合规' }), q)).toBe(isFound),
  );
});
