import type { Session } from '#contracts/sessions';
import type { Stop } from '#contracts/stops';
import type { Timetable, TimetableChanges } from '#contracts/sessions';
import { isEmpty } from './difference.js';

export interface SessionSeats {
  readonly sessionId: string;
  readonly taken: number;
}

/** One point to look at before a release. `stops` is what a release makes no sense with; the rest is advice. */
export type ReleaseCheck =
  | { readonly kind: 'nothingPlanned' | 'nothingNew'; readonly weight: 'stops' }
  | { readonly kind: 'stopIsDraft'; readonly weight: 'advice' }
  | {
      readonly kind: 'unscheduled' | 'unreviewed' | 'tooSmall' | 'oneLanguage';
      readonly weight: 'advice';
      readonly sessions: readonly Pick<Session, 'id' | 'title'>[];
    };

interface Facts {
  readonly stop: Pick<Stop, 'status' | 'rooms'>;
  readonly sessions: readonly Session[];
  readonly draft: Pick<Timetable, 'sessions'>;
  readonly changes: TimetableChanges;
  readonly seats: readonly SessionSeats[];
}

/** What organizers should know before they release, the gravest first. */
export function releaseChecks({ stop, sessions, draft, changes, seats }: Facts): ReleaseCheck[] {
  const checks: ReleaseCheck[] = [];
  if (draft.sessions.length === 0 && isEmpty(changes))
    checks.push({ kind: 'nothingPlanned', weight: 'stops' });
  else if (isEmpty(changes)) checks.push({ kind: 'nothingNew', weight: 'stops' });
  if (stop.status === 'draft') checks.push({ kind: 'stopIsDraft', weight: 'advice' });
  const lists = [
    ['unscheduled', sessions.filter(({ status }) => status === 'accepted')],
    ['unreviewed', sessions.filter(({ status }) => status === 'proposed')],
    ['tooSmall', tooSmall(stop, draft.sessions, seats)],
    ['oneLanguage', draft.sessions.filter(({ title }) => title.zh === undefined || title.en === undefined)],
  ] as const;
  for (const [kind, some] of lists)
    if (some.length > 0) checks.push({ kind, weight: 'advice', sessions: some });
  return checks;
}

/** Sessions whose room has fewer seats than delegates have signed up. */
function tooSmall(
  { rooms }: Facts['stop'],
  draft: Facts['draft']['sessions'],
  seats: readonly SessionSeats[],
): Facts['draft']['sessions'] {
  const total = new Map(rooms.map((one) => [one.id, one.seats]));
  const taken = new Map(seats.map((one) => [one.sessionId, one.taken]));
  return draft.filter(({ id, roomId }) => (taken.get(id) ?? 0) > (total.get(roomId) ?? Infinity));
}
