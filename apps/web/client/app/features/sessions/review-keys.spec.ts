import { describe, expect, it } from '@jest/globals';
import { reviewKey } from './review-keys.js';

const press = (key: string, over: object = {}) =>
  reviewKey({
    key,
    isComposing: false,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    inText: false,
    ...over,
  });

describe('keys of the review queue', () => {
  it.each([
    ['1', { kind: 'score', score: 1 }],
    ['5', { kind: 'score', score: 5 }],
    ['a', { kind: 'accept' }],
    ['N', { kind: 'next' }],
    ['p', { kind: 'previous' }],
    ['r', { kind: 'reject' }],
    ['c', { kind: 'comment' }],
    ['u', { kind: 'undo' }],
    ['6', null],
    ['Enter', null],
  ])('%s is %j', (key, meant) => expect(press(key)).toEqual(meant));

  it.each([{ isComposing: true }, { ctrlKey: true }, { metaKey: true }, { altKey: true }, { inText: true }])(
    'mean nothing with %j',
    (over) => expect(press('3', over)).toBeNull(),
  );
});
