import { Injectable } from '@nestjs/common';
import { notFound, signUpsChanged, isOrganizerOf, type Caller } from '#contracts';
import { UnitOfWork, replayed, violatedConstraint, type Decided, type PendingRecords } from '#persistence';
import { problemOf, refusal } from '../seats/refusal.js';
import { MeetingTimesService } from './meeting-times.service.js';
import type { BusyTime } from './session-seats.js';
import type { LoadedSignUps, LockedDelegate, LockedSession } from './loaded-sign-ups.js';
import type { QueuedSignUp, SignUpAnswer } from './queued-sign-up.js';
import { SessionUnknown } from './session-unknown.js';
import { ended, signUp } from './sign-up.js';
import { SignUpRepository } from './sign-up.repository.js';

/**
 * Decides sign-ups for any sessions in one transaction. Two locks hold the rules: the session's row for the room's
 * seats, and the registration's row for "no two at once" and "confirmed", since all delegates of one command belong to
 * one registration. An exclusion constraint on the times can't hold the second: a session that is moved onto another
 * keeps the sign-ups of both.
 */
@Injectable()
export class SignUpService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly signUps: SignUpRepository,
    private readonly meetingTimes: MeetingTimesService,
  ) {}

  async decide(queued: readonly QueuedSignUp[]): Promise<Decided<SignUpAnswer>[]> {
    const meetings = await this.meetingTimes.find(
      queued.flatMap((one) => (one.kind === 'signUp' ? one.delegateIds : [])),
    );
    try {
      return await this.unitOfWork.pipelined(async (sql, recorded) => {
        const loaded = await this.signUps.load(sql, queued);
        const now = new Date();
        const decided = queued.map(
          (one, index) =>
            replayed<SignUpAnswer>(one.call, loaded.replays[index]) ??
            decideOne(recorded, loaded, one, { now, meetings }),
        );
        this.signUps.send(sql, loaded, now);
        for (const state of loaded.changedDelegations())
          recorded.emit(signUpsChanged, state.registrationId, state);
        return decided;
      });
    } catch (error) {
      throw asProblem(error);
    }
  }
}

/** What decides beside the rows. */
interface Outside {
  readonly now: Date;
  readonly meetings: ReadonlyMap<string, readonly BusyTime[]>;
}

function decideOne(
  recorded: PendingRecords,
  loaded: LoadedSignUps,
  queued: QueuedSignUp,
  outside: Outside,
): Decided<SignUpAnswer> {
  return queued.kind === 'signUp'
    ? addDelegates(recorded, loaded, queued, outside)
    : removeDelegate(recorded, loaded, queued, outside.now);
}

function addDelegates(
  recorded: PendingRecords,
  loaded: LoadedSignUps,
  { sessionId, delegateIds, call, isFetched = false }: QueuedSignUp & { kind: 'signUp' },
  { now, meetings }: Outside,
): Decided<SignUpAnswer> {
  const session = loaded.session(sessionId);
  if (!isFetched && !isComplete(session)) return { ok: false, error: new SessionUnknown() };
  if (session === undefined) return { ok: false, error: notFound('session') };
  const state = loaded.stateFor(session, [...new Set(delegateIds)], meetings);
  const result = signUp(state, call.caller.companyId ?? '', delegateIds, now);
  if (!result.accepted) return { ok: false, error: problemOf(result.refusal) };
  const [first] = result.signedUp;
  if (first !== undefined) {
    loaded.add(session, result.signedUp);
    audit(recorded, call, session, loaded.delegate(first), [null, result.signedUp]);
  }
  recorded.storeResponse(call, { seats: result.seats }, null);
  return { ok: true, answer: { seats: result.seats } };
}

/** Takes one sign-up back: a company its own delegate's, the organizer anybody's. */
function removeDelegate(
  recorded: PendingRecords,
  loaded: LoadedSignUps,
  { sessionId, delegateId, call }: QueuedSignUp & { kind: 'remove' },
  now: Date,
): Decided<SignUpAnswer> {
  const session = loaded.session(sessionId);
  const delegate = loaded.delegate(delegateId);
  if (session === undefined || delegate === undefined || !loaded.isSignedUp(sessionId, delegateId))
    return { ok: false, error: notFound('sign-up') };
  if (!mayRemove(call.caller, session, delegate)) return { ok: false, error: notFound('sign-up') };
  const over = ended(session, session.timeZone ?? 'UTC', now);
  if (over !== null) return { ok: false, error: problemOf(over) };
  loaded.remove(session, delegateId);
  audit(recorded, call, session, delegate, [[delegateId], null]);
  recorded.storeResponse(call, null, null);
  return { ok: true, answer: null };
}

function isComplete(session: LockedSession | undefined): boolean {
  return session !== undefined && session.stopStatus !== null && session.isRoomKnown;
}

function mayRemove(caller: Caller, session: LockedSession, delegate: LockedDelegate): boolean {
  if (caller.role === 'company') return caller.companyId === delegate.companyId;
  return isOrganizerOf(caller, session);
}

function audit(
  recorded: PendingRecords,
  call: QueuedSignUp['call'],
  { sessionId, organizationId }: LockedSession,
  delegate: LockedDelegate | undefined,
  [before, after]: [readonly string[] | null, readonly string[] | null],
): void {
  const lineOf = (delegateIds: readonly string[] | null) => delegateIds && { sessionId, delegateIds };
  recorded.audit(call, {
    resourceType: 'registration',
    resourceId: delegate?.registrationId ?? '',
    action: after === null ? 'registration.end_sign_up' : 'registration.sign_up',
    organizationId,
    before: lineOf(before),
    after: lineOf(after),
  });
}

/** The database holds the room's seats as well; with the row locked, its refusal can't come up. */
function asProblem(error: unknown): unknown {
  return violatedConstraint(error) === 'sessions_never_overbooked'
    ? problemOf(refusal('session.full', 'The room has no seats left.'))
    : error;
}
