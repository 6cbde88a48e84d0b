import { expect, it } from '@jest/globals';
import { newId, randomBytesOf } from './ids.js';

it('makes ids of version 7 that differ and sort in the order of their making', () => {
  const ids = Array.from({ length: 20_000 }, newId);
  expect(new Set(ids).size).toBe(ids.length);
  expect([...ids].sort()).toEqual(ids);
  expect(
    ids.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id)),
  ).toBe(true);
  const [first = ''] = ids;
  expect(Math.abs(Number.parseInt(first.replaceAll('-', '').slice(0, 12), 16) - Date.now())).toBeLessThan(
    60_000,
  );
});

it('gives nobody the same random bytes', () => {
  const portions = Array.from({ length: 5_000 }, () => Buffer.from(randomBytesOf(20)).toString('hex'));
  expect(new Set(portions).size).toBe(portions.length);
});
