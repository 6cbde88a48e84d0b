import { Problem, formatInstant, type Meeting, type MeetingState, type MeetingStatus } from '#contracts';

/** A meeting as stored. `status` is behind the clock until the meeting is settled. */
export interface MeetingRecord extends Omit<Meeting, 'delegates'> {
  readonly tourId: string;
  readonly organizationId: string;
  /** The asked company said no before, and never learns of the request. */
  readonly concealed: boolean;
  /** Who was named to come; null where the side named nobody. */
  readonly askerDelegateId: string | null;
  readonly askedDelegateId: string | null;
  /** Which sides were scanned in. */
  readonly askerCame: boolean;
  readonly askedCame: boolean;
  /** Until when it can be accepted. */
  readonly expiresAt: string;
}

export type Side = 'asker' | 'asked';
export type Actor = Side | 'organizer' | 'system';
export type MeetingMove = 'accept' | 'decline' | 'withdraw' | 'cancel' | 'schedule' | 'unschedule';

interface Rule {
  readonly from: readonly MeetingStatus[];
  readonly to: MeetingStatus;
  readonly by: readonly Actor[];
}

const rules: Readonly<Record<MeetingMove, Rule>> = {
  accept: { from: ['requested'], to: 'accepted', by: ['asked'] },
  decline: { from: ['requested'], to: 'declined', by: ['asked'] },
  withdraw: { from: ['requested'], to: 'withdrawn', by: ['asker'] },
  cancel: { from: ['accepted', 'scheduled'], to: 'cancelled', by: ['asker', 'asked', 'organizer'] },
  schedule: { from: ['accepted', 'scheduled'], to: 'scheduled', by: ['asker', 'asked', 'organizer'] },
  unschedule: { from: ['scheduled'], to: 'accepted', by: ['asker', 'asked', 'organizer', 'system'] },
};

export const liveStatuses: readonly MeetingStatus[] = ['requested', 'accepted', 'scheduled'];
export const nowhere = { startsAt: null, endsAt: null, tableNo: null } as const;

/** The status after a move. Throws `auth.forbidden` for the wrong side, `meeting.invalid_transition` for the wrong state. */
export function movedTo(status: MeetingStatus, move: MeetingMove, actor: Actor): MeetingStatus {
  const { from, to, by } = rules[move];
  if (!by.includes(actor))
    throw new Problem('auth.forbidden', `Only the other side can ${move} this meeting.`);
  if (!from.includes(status)) throw invalidTransition(status, move);
  return to;
}

export function invalidTransition(status: MeetingStatus, move: string): Problem {
  return new Problem(
    'meeting.invalid_transition',
    `A meeting that is ${status} can't be changed by ${move}.`,
  );
}

/** The meeting as the clock has it: requests expire, and what found no place by the stop's end stays unplaced. */
export function settled(meeting: MeetingRecord, stopEndsAt: string, now: Date): MeetingRecord {
  const ended = Date.parse(stopEndsAt) <= now.getTime();
  if (meeting.status === 'requested' && (ended || Date.parse(meeting.expiresAt) <= now.getTime()))
    return { ...meeting, status: 'expired' };
  return meeting.status === 'accepted' && ended ? { ...meeting, status: 'unplaced' } : meeting;
}

/** Throws `meeting.invalid_transition` behind the stop's end, whatever a person made of its status: then a meeting is history. */
export function refuseHistory(stop: { readonly endsAt: string }, now: Date): void {
  if (now.getTime() < Date.parse(stop.endsAt)) return;
  throw new Problem('meeting.invalid_transition', 'The stop has ended; its meetings can’t be changed.');
}

/** Until when a new request can be accepted. */
export function expiryOf(now: Date, expiresHours: number, stopEndsAt: string): string {
  return formatInstant(new Date(Math.min(now.getTime() + expiresHours * 3_600_000, Date.parse(stopEndsAt))));
}

const recordableForMs = 24 * 3_600_000;
type AttendanceSaid = { readonly held: true } | { readonly missed: 'asker' | 'asked' | 'both' };

/** Who came, said by somebody who saw it, from the meeting's start until a day after the stop's end. */
export function recorded(
  meeting: MeetingRecord,
  record: AttendanceSaid,
  stopEndsAt: string,
  now: Date,
): MeetingRecord {
  const can = meeting.status === 'scheduled' || meeting.status === 'held' || meeting.status === 'missed';
  const isOver = now.getTime() > Date.parse(stopEndsAt) + recordableForMs;
  if (!can || isOver) throw invalidTransition(meeting.status, 'attendance');
  refuseEarly(meeting, now);
  return 'held' in record
    ? { ...meeting, status: 'held', missed: null }
    : { ...meeting, status: 'missed', missed: record.missed };
}

/** A scan of one side's badge; the second side's makes it held. */
export function scannedIn(meeting: MeetingRecord, side: Side, now: Date): MeetingRecord {
  if (meeting.status !== 'scheduled' && meeting.status !== 'held' && meeting.status !== 'missed')
    throw invalidTransition(meeting.status, 'check-in');
  refuseEarly(meeting, now);
  const came = {
    askerCame: meeting.askerCame || side === 'asker',
    askedCame: meeting.askedCame || side === 'asked',
  };
  const isHeld = came.askerCame && came.askedCame;
  return { ...meeting, ...came, ...(isHeld ? { status: 'held' as const, missed: null } : {}) };
}

function refuseEarly({ startsAt }: MeetingRecord, now: Date): void {
  if (startsAt !== null && Date.parse(startsAt) <= now.getTime()) return;
  throw new Problem('meeting.too_early', 'The meeting has not begun.');
}

export function sideOf(
  meeting: Pick<MeetingRecord, 'askerId' | 'askedId'>,
  companyId: string | undefined,
): Side | null {
  if (companyId === undefined) return null;
  if (companyId === meeting.askerId) return 'asker';
  return companyId === meeting.askedId ? 'asked' : null;
}

/** What other services keep of it. */
export function stateOf(meeting: MeetingRecord): MeetingState {
  const { id, stopId, tourId, organizationId, askerId, askedId, concealed, status, missed } = meeting;
  const { startsAt, endsAt, tableNo, askerDelegateId, askedDelegateId, version } = meeting;
  return {
    meetingId: id,
    stopId,
    tourId,
    organizationId,
    askerId,
    askedId,
    concealed,
    status,
    missed,
    startsAt,
    endsAt,
    tableNo,
    delegateIds: { asker: askerDelegateId, asked: askedDelegateId },
    version,
  };
}

/** What the audit keeps: no message and no persons, delegates by their ids. */
export function auditedOf(meeting: MeetingRecord): object {
  const { stopId, askerId, askedId, status, missed, startsAt, endsAt, tableNo } = meeting;
  const { askerDelegateId, askedDelegateId } = meeting;
  return {
    stopId,
    askerId,
    askedId,
    status,
    missed,
    startsAt,
    endsAt,
    tableNo,
    askerDelegateId,
    askedDelegateId,
  };
}
