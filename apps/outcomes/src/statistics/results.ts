import {
  hiddenCount,
  smallestShownCount,
  type Count,
  type FunnelStage,
  type FunnelStep,
  type StopResults,
} from '#contracts';

/** What was counted, for a stop or a whole tour. */
export interface Counts {
  readonly everRegistered: number;
  readonly registered: number;
  readonly attended: number;
  readonly listed: number;
  readonly asked: number;
  readonly accepted: number;
  readonly placed: number;
  readonly held: number;
  readonly secondContact: number;
  readonly cooperation: number;
  readonly agreement: number;
  readonly delegates: number;
  readonly sessions: number;
  readonly members: number;
  readonly cases: number;
  readonly papers: number;
}

interface Stage {
  readonly stage: FunnelStage;
  readonly unit: FunnelStep['unit'];
  /** What its numerator is a part of. */
  readonly of: keyof Counts;
}

/** Each stage is a part of the one before, so that no figure is larger than the one above it. */
const stages: readonly Stage[] = [
  { stage: 'registered', unit: 'companies', of: 'everRegistered' },
  { stage: 'attended', unit: 'companies', of: 'registered' },
  { stage: 'listed', unit: 'companies', of: 'attended' },
  { stage: 'asked', unit: 'meetings', of: 'asked' },
  { stage: 'accepted', unit: 'meetings', of: 'asked' },
  { stage: 'placed', unit: 'meetings', of: 'accepted' },
  { stage: 'held', unit: 'meetings', of: 'placed' },
  { stage: 'secondContact', unit: 'meetings', of: 'held' },
  { stage: 'cooperation', unit: 'meetings', of: 'secondContact' },
  { stage: 'agreement', unit: 'meetings', of: 'cooperation' },
];

export function resultsOf(counts: Counts): StopResults {
  const { delegates, sessions, members, cases, papers } = counts;
  return {
    funnel: stages.map(({ stage, unit, of }) => ({
      stage,
      unit,
      numerator: counts[stage],
      denominator: counts[of],
    })),
    totals: { delegates, sessions, members, cases, papers },
  };
}

/** As all but the organizers see it: a small count could tell who it is. */
export function withoutSmallCounts({ funnel, totals }: StopResults): StopResults {
  return {
    funnel: funnel.map((step) => ({
      ...step,
      numerator: shown(step.numerator),
      denominator: shown(step.denominator),
    })),
    totals: {
      delegates: shown(totals.delegates),
      sessions: shown(totals.sessions),
      members: shown(totals.members),
      cases: shown(totals.cases),
      papers: shown(totals.papers),
    },
  };
}

function shown(count: Count): Count {
  return typeof count === 'number' && count < smallestShownCount ? hiddenCount : count;
}
