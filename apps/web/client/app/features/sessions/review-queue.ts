import type { Session } from '#contracts/sessions';

export const queueOrders = ['oldest', 'fewest', 'highest'] as const;
export type QueueOrder = (typeof queueOrders)[number];

/** What is known of a proposal's reviews. */
export interface ReviewCount {
  readonly count: number;
  readonly average: number | null;
}

/** The proposals to review, in the order that their reader chose; what comes first is what "next" means. */
export function reviewQueue(
  sessions: readonly Session[],
  order: QueueOrder,
  reviews: ReadonlyMap<string, ReviewCount>,
): Session[] {
  const proposals = sessions.filter(({ status }) => status === 'proposed');
  const countOf = ({ id }: Session): number => reviews.get(id)?.count ?? 0;
  const averageOf = ({ id }: Session): number => reviews.get(id)?.average ?? 0;
  const byAge = (a: Session, b: Session): number =>
    Date.parse(a.createdAt) - Date.parse(b.createdAt) || (a.id < b.id ? -1 : 1);
  return proposals.sort((a, b) => {
    if (order === 'fewest') return countOf(a) - countOf(b) || byAge(a, b);
    if (order === 'highest') return averageOf(b) - averageOf(a) || byAge(a, b);
    return byAge(a, b);
  });
}

/**
 * The proposal beside another: the queue is a ring. What has left the queue meanwhile leads to the one that stood behind
 * it.
 */
export function besideInQueue(
  before: readonly string[],
  now: readonly string[],
  id: string | null,
  by: 1 | -1,
): string | null {
  const present = new Set(now);
  const at = id === null ? -1 : before.indexOf(id);
  for (let step = 1; step <= before.length; step += 1) {
    const one = before[(at + by * step + before.length * 2) % before.length];
    if (one !== undefined && present.has(one) && one !== id) return one;
  }
  return now[0] ?? null;
}
