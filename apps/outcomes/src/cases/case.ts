import { Problem, type Case, type CaseState } from '#contracts';

export interface CaseRecord extends Omit<Case, 'code'> {
  readonly organizationId: string;
}

export type CaseMove = 'select' | 'announce';

const moves: Readonly<Record<CaseMove, { from: CaseState; to: CaseState }>> = {
  select: { from: 'nominated', to: 'selected' },
  announce: { from: 'selected', to: 'announced' },
};

/** The state after a move. Throws `case.invalid_transition` where the state forbids it. */
export function movedCase(state: CaseState, move: CaseMove): CaseState {
  const { from, to } = moves[move];
  if (state === from) return to;
  throw new Problem('case.invalid_transition', `A case that is ${state} can't be changed by ${move}.`);
}

/** Reviews end with the selection. */
export function refuseLateReview({ state }: CaseRecord): void {
  if (state !== 'nominated')
    throw new Problem('case.invalid_transition', `A case that is ${state} takes no more reviews.`);
}

/** The mean of the scores; reviewers with a conflict of interest gave none. */
export function averageOf(scores: readonly (number | null)[]): number | null {
  const given = scores.filter((score) => score !== null);
  return given.length === 0 ? null : given.reduce((sum, score) => sum + score, 0) / given.length;
}

export function shownCase(
  { organizationId: _organizationId, ...rest }: CaseRecord,
  codeOf: (id: string) => string,
): Case {
  return { ...rest, code: rest.announcedAt === null ? null : codeOf(rest.id) };
}

export function auditedCase({
  tourId,
  stopId,
  title,
  field,
  companyIds,
  state,
  corrects,
}: CaseRecord): object {
  return { tourId, stopId, title, field, companyIds, state, corrects };
}

/** Its event; written once, since it never changes. */
export function announcedCase({
  id,
  tourId,
  stopId,
  organizationId,
  companyIds,
  announcedAt,
  version,
}: CaseRecord) {
  return {
    kind: 'case' as const,
    id,
    tourId,
    stopId,
    organizationId,
    companyIds,
    count: 1,
    announcedAt: announcedAt ?? '',
    version,
  };
}
