import { describe, expect, it } from '@jest/globals';
import { instantArray, jsonArray, plainArray, textArray } from './sql-array.js';

describe('arrays for PostgreSQL', () => {
  it.each([
    [textArray([]), '{}'],
    [
      textArray(['a', null, '', 'NULL', 'x,{y}', 'say "hi" \\']),
      '{"a",NULL,"","NULL","x,{y}","say \\"hi\\" \\\\"}',
    ],
    [
      plainArray(['01890000-0000-7000-8000-000000000000', null]),
      '{01890000-0000-7000-8000-000000000000,NULL}',
    ],
    [plainArray([1, -2, true]), '{1,-2,true}'],
    [instantArray([new Date(0), null]), '{"1970-01-01T00:00:00.000Z",NULL}'],
    [jsonArray(['{"a":"b\\n"}', null]), '{"{\\"a\\":\\"b\\\\n\\"}",NULL}'],
  ])('are written as %s', (written, expected) => {
    expect(written).toBe(expected);
  });
});
