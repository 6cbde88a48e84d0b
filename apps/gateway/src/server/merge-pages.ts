export interface MergedPage {
  items: { id: string }[];
  nextCursor: string | null;
}

/**
 * Makes one page of the pages that several services gave for the same query, by ids that rise with time. Each service
 * was asked for a whole page behind the same cursor, so the first items among all of them are there.
 * @param isNewestFirst the order in which each service was asked for its page
 */
export function mergePages(pages: readonly MergedPage[], limit: number, isNewestFirst: boolean): MergedPage {
  const all = pages
    .flatMap(({ items }) => items)
    .toSorted((a, b) => (a.id < b.id === isNewestFirst ? 1 : -1));
  const items = all.slice(0, limit);
  const isMore = all.length > items.length || pages.some(({ nextCursor }) => nextCursor !== null);
  return { items, nextCursor: isMore ? (items.at(-1)?.id ?? null) : null };
}
