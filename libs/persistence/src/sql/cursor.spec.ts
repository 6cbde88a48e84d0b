import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { Problem } from '#contracts';
import {
  cutPage,
  decodeIdCursor,
  decodeInstantAndIdCursor,
  decodeNumberCursor,
  encodeCursor,
  readCursor,
} from './cursor.js';

const id = '01990000-0000-7000-8000-000000000001';
const instant = '2026-11-27T10:00:00.123Z';

function refusalOf(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    return error instanceof Problem ? error.extra : error;
  }
}

const foreign = {
  errors: [{ parameter: 'cursor', message: 'must be the nextCursor of an earlier answer' }],
};

describe('a cursor', () => {
  it('gives back the sort keys that it was made of', () => {
    expect(decodeIdCursor(encodeCursor([id]))).toBe(id);
    expect(decodeNumberCursor(encodeCursor([7]))).toBe(7);
    expect(decodeInstantAndIdCursor(encodeCursor([instant, id]))).toEqual([new Date(instant), id]);
  });

  it('is not needed for the first page', () => {
    expect([decodeIdCursor(undefined), decodeNumberCursor(undefined)]).toEqual([null, 0]);
    expect(decodeInstantAndIdCursor(undefined)).toBeNull();
  });

  it.each([
    ['no base64', '%%%'],
    ['no JSON', Buffer.from('[').toString('base64url')],
    ['no list', Buffer.from('{}').toString('base64url')],
    ['too few keys', encodeCursor([instant])],
    ['too many keys', encodeCursor([instant, id, id])],
    ['keys of other kinds', encodeCursor([1, id])],
    ['no instant', encodeCursor(['2026-02-30T10:00:00Z', id])],
    ['an instant before 1970', encodeCursor(['0001-01-01T00:00:00Z', id])],
    ['no id', encodeCursor([instant, `${id}\u0000`])],
  ])('is refused for %s', (_what, cursor) => {
    expect(refusalOf(() => decodeInstantAndIdCursor(cursor))).toEqual(foreign);
  });

  it('is refused by the name of its parameter', () => {
    const refusal = { parameter: 'after', message: 'must be something else' };
    expect(refusalOf(() => readCursor(z.tuple([z.string()]), 'x', refusal))).toEqual({ errors: [refusal] });
  });
});

describe('a page', () => {
  it('ends with a cursor only if there is more', () => {
    const keysOf = (row: number) => [row];
    expect(cutPage([1, 2, 3], 2, keysOf)).toEqual({ items: [1, 2], nextCursor: encodeCursor([2]) });
    expect(cutPage([1, 2], 2, keysOf)).toEqual({ items: [1, 2], nextCursor: null });
  });
});
