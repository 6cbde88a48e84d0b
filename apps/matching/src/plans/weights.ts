import type { InterestLevel } from '#contracts';
import type { Interest } from '../interests/interest.js';

/** The base value of any meeting, in points. */
const basePoints = 40;
/** What it is worth more for each side that said so. */
const interestPoints: Readonly<Record<InterestLevel, number>> = { must: 40, want: 15, no: 0 };
/** Shared out among the meetings of a company, so that those with few come first: see docs/matching.md. */
const fairnessPoints = 60;

interface Pair {
  readonly id: string;
  readonly askerId: string;
  readonly askedId: string;
}

/** What it is worth that each of these meetings takes place: whole numbers above 0, by the meeting's id. */
export function weightsOf(
  meetings: readonly Pair[],
  interests: readonly Interest[],
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { askerId, askedId } of meetings)
    for (const id of [askerId, askedId]) counts.set(id, (counts.get(id) ?? 0) + 1);
  const levels = new Map(
    interests.map(({ companyId, towardsId, level }) => [`${companyId} ${towardsId}`, level]),
  );
  const pointsOf = (company: string, towards: string) => {
    const level = levels.get(`${company} ${towards}`);
    const fairness = Math.trunc(fairnessPoints / (counts.get(company) ?? 1));
    return fairness + (level === undefined ? 0 : interestPoints[level]);
  };
  return new Map(
    meetings.map(({ id, askerId, askedId }) => [
      id,
      basePoints + pointsOf(askerId, askedId) + pointsOf(askedId, askerId),
    ]),
  );
}
