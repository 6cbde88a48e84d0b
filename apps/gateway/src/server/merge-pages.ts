export interface MergedPage {
  items: { id: string }[];
  nextCursor: string | null;
}

/**
 * Makes one page of the pages that several services gave for the same query, by ids that rise with time. Each service
 * was asked for a whole page after the same cursor, so the first items among all of them are there.
 */
export function mergePages(pages: readonly MergedPage[], limit: number): MergedPage {
  const all = pages.flatMap(({ items }) => items).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const items = all.slice(0, limit);
  const isMore = all.length > items.length || pages.some(({ nextCursor }) => nextCursor !== null);
  return { items, nextCursor: isMore ? (items.at(-1)?.id ?? null) : null };
}
