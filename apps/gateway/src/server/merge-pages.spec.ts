import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mergePages } from './merge-pages.js';

/** One service's part of a list, as its repository would page it. */
const pageOf = (ids: string[], cursor: string | null, limit: number, isNewestFirst: boolean) => {
  const rest = ids.filter((id) => cursor === null || (isNewestFirst ? id < cursor : id > cursor));
  const items = rest.slice(0, limit).map((id) => ({ id }));
  return { items, nextCursor: rest.length > limit ? (items.at(-1)?.id ?? null) : null };
};

describe('pages of several services', () => {
  it('show each item of all of them once, in order, however they are spread', () => {
    const ids = fc.uniqueArray(fc.integer({ min: 100_000, max: 999_999 }).map(String), { maxLength: 40 });
    fc.assert(
      fc.property(
        ids,
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 1, max: 4 }),
        fc.boolean(),
        (all, limit, services, isNewestFirst) => {
          const inOrder = (some: string[]) =>
            isNewestFirst ? some.toSorted().toReversed() : some.toSorted();
          const parts = Array.from({ length: services }, (_, index) =>
            inOrder(all.filter((id) => Number(id) % services === index)),
          );
          const seen: string[] = [];
          let cursor: string | null = null;
          do {
            const from: string | null = cursor;
            const page = mergePages(
              parts.map((part) => pageOf(part, from, limit, isNewestFirst)),
              limit,
              isNewestFirst,
            );
            expect(page.items.length).toBeLessThanOrEqual(limit);
            seen.push(...page.items.map(({ id }) => id));
            cursor = page.nextCursor;
          } while (cursor !== null);
          expect(seen).toEqual(inOrder(all));
        },
      ),
    );
  });
});
