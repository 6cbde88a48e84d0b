import { describe, expect, it } from '@jest/globals';
import { keptMembers } from './members.js';

describe('the members of a file that are given back', () => {
  it('are all but what is known, private, or too long, and what is left out is named', () => {
    const all = {
      id: 7,
      code: 'ABC',
      avatar: null,
      answers: [{ question: 'T-shirt', answer: 'L' }],
      email: 'a@example.org',
      contact: { mail: 'b@example.org', page: 'https://example.org/@speaker' },
      reach: ['mailto:c@example.org', 'room 7'],
      long: 'x'.repeat(20_001),
    };
    expect(keptMembers(all, new Set(['id']))).toEqual({
      members: {
        code: 'ABC',
        avatar: null,
        contact: { page: 'https://example.org/@speaker' },
        reach: ['room 7'],
      },
      dropped: [
        '“answers”, which is not published',
        '“email”, which is not published',
        '“long”, which is too long',
      ],
    });
  });

  it('lack nothing worth a word where what is private is empty', () => {
    expect(keptMembers({ answers: [], email: '' }, new Set())).toEqual({ members: {}, dropped: [] });
  });

  it('can be stored', () => {
    expect(keptMembers({ 'a\u0000': 'b\u0000\uD800' }, new Set()).members).toEqual({
      a: 'b\uFFFD',
    });
  });
});
