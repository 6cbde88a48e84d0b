import { inLanguage } from '#contracts';
import type { DelegationStatus } from '../seats/delegation.js';
import type { StopSnapshot } from '../seats/stop-seats.js';
import { notFound, type Refusal, refusal } from '../seats/refusal.js';
import { localRange, zonedTime } from '#calendar';
import { type BusyTime, overlap, type SessionSeats } from './session-seats.js';

/** A delegate of the session's stop, as far as signing up asks. */
export interface SigningDelegate {
  readonly id: string;
  readonly name: string;
  readonly companyId: string;
  readonly status: DelegationStatus;
  /** Already signed up for this very session. */
  readonly signedUp: boolean;
  /** When the delegate's other sign-ups take place; unscheduled sessions are left out. */
  readonly busy: readonly BusyTime[];
}

export interface SignUpState {
  readonly stop: Pick<StopSnapshot, 'status'> & { readonly timeZone: string };
  readonly session: SessionSeats;
  /** Those of the delegates asked for who exist at the session's stop. */
  readonly delegates: readonly SigningDelegate[];
}

export type SignUp =
  | {
      readonly accepted: true;
      /** Who is new; those already signed up are left as they are. */
      readonly signedUp: readonly string[];
      readonly seats: { readonly total: number; readonly taken: number };
    }
  | { readonly accepted: false; readonly refusal: Refusal };

/** Signs up a company's delegates for a session, all or none. Who is already signed up is neither counted nor checked anew. */
export function signUp(
  state: SignUpState,
  companyId: string,
  delegateIds: readonly string[],
  now: Date,
): SignUp {
  const { session } = state;
  const asked = [...new Set(delegateIds)];
  const known = new Map(state.delegates.map((delegate) => [delegate.id, delegate]));
  const own = asked.flatMap((id) => known.get(id) ?? []).filter((one) => one.companyId === companyId);
  const newcomers = own.filter((delegate) => !delegate.signedUp);
  const reason =
    notTakingSignUps(state, companyId, now) ??
    notAllConfirmed(asked, own) ??
    elsewhere(state, newcomers) ??
    roomIsFull(session, newcomers.length);
  if (reason !== null) return { accepted: false, refusal: reason };
  const seats = { total: session.seats, taken: session.taken + newcomers.length };
  return { accepted: true, signedUp: newcomers.map(({ id }) => id), seats };
}

/** Companies see sessions of others only while scheduled; for their own unscheduled ones the refusal says what is wrong. */
function notTakingSignUps({ stop, session }: SignUpState, companyId: string, now: Date): Refusal | null {
  const scheduled = session.status === 'scheduled';
  if (stop.status === 'draft' || (!scheduled && session.companyId !== companyId)) return notFound('session');
  if (stop.status === 'cancelled') return refusal('stop.cancelled', 'The stop was cancelled.');
  if (stop.status === 'completed') return refusal('session.closed', 'The stop is completed.');
  if (!scheduled)
    return refusal('session.invalid_transition', `The session is ${session.status}, not scheduled.`);
  return ended(session, stop.timeZone, now);
}

/** By the clock: who signed up for a session that has ended is history. */
export function ended({ during }: Pick<SessionSeats, 'during'>, timeZone: string, now: Date): Refusal | null {
  if (during === null || now < during.endsAt) return null;
  return refusal('session.closed', `The session ended at ${zonedTime(during.endsAt, timeZone)}.`);
}

/** Unknown delegates and those of others answer like unconfirmed ones, so that ids can't be probed. */
function notAllConfirmed(asked: readonly string[], own: readonly SigningDelegate[]): Refusal | null {
  const confirmed = own.filter(({ status }) => status === 'confirmed').length;
  if (confirmed === asked.length) return null;
  return refusal(
    'signup.not_confirmed',
    'Only confirmed delegates of your company at this stop can sign up.',
  );
}

function elsewhere(
  { session: { during }, stop }: SignUpState,
  newcomers: readonly SigningDelegate[],
): Refusal | null {
  if (during === null) return null;
  for (const { name, busy } of newcomers) {
    const other = busy.find((one) => overlap(during, one));
    if (other !== undefined)
      return refusal('signup.overlap', `${name} ${shown(other, stop.timeZone)} at this time.`);
  }
  return null;
}

/** Why somebody has no time, in words: the title, and the times that the stop's clock shows. */
function shown({ title, isMeeting, startsAt, endsAt }: BusyTime, timeZone: string): string {
  const session = title === null ? 'another session' : `“${inLanguage(title, 'zh')}”`;
  const what = isMeeting === true ? 'has a meeting' : `is signed up for ${session}`;
  return `${what} (${localRange({ startsAt, endsAt }, timeZone)}, ${timeZone})`;
}

/** A room made smaller bumps nobody, so more may be taken than there are seats; newcomers are refused then. */
function roomIsFull(session: SessionSeats, newcomers: number): Refusal | null {
  if (newcomers === 0 || session.taken + newcomers <= session.seats) return null;
  return refusal('session.full', `The room has ${Math.max(0, session.seats - session.taken)} seats left.`);
}
