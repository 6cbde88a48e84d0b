import {
  Problem,
  type DataOf,
  type MeetingOutcome,
  type MeetingStatus,
  type meetingOutcomeChanged,
} from '#contracts';

interface Said extends MeetingOutcome {
  readonly side: 'asker' | 'asked';
  readonly revision: number;
}

/** Throws `outcome.not_held`: only a meeting that took place has led to something. */
export function refuseNotHeld(status: MeetingStatus): void {
  if (status === 'held') return;
  throw new Problem('outcome.not_held', 'An outcome can be recorded once the meeting is marked as held.');
}

export function shownOutcome({ useful, next, note, at }: MeetingOutcome): MeetingOutcome {
  return { useful, next, note, at };
}

/** What events carry: the ratings, no notes. Every change of a side raises the version. */
export function outcomeState(
  meeting: { readonly id: string; readonly stopId: string; readonly organizationId: string },
  said: readonly Said[],
): DataOf<typeof meetingOutcomeChanged> {
  const of = (side: Said['side']) => {
    const found = said.find((one) => one.side === side);
    return found === undefined ? null : { useful: found.useful, next: found.next };
  };
  return {
    meetingId: meeting.id,
    stopId: meeting.stopId,
    organizationId: meeting.organizationId,
    asker: of('asker'),
    asked: of('asked'),
    version: Math.max(
      1,
      said.reduce((sum, { revision }) => sum + revision, 0),
    ),
  };
}
