import { Injectable } from '@nestjs/common';
import { getSpeakers, type SessionState, type SpeakersOfSession, type StopState } from '#contracts';
import { Rpc } from '#messaging';
import { Database, UnitOfWork, batching, type TransactionContext } from '#persistence';
import { ElsewhereRepository, type Elsewhere, type SignUps } from '../elsewhere/elsewhere.repository.js';
import { ComersService } from '../meetings/comers.service.js';
import { GiveWayService } from '../meetings/give-way.service.js';
import { MeetingRepository } from '../meetings/meeting.repository.js';
import { StopChangeService } from '../stop-changes/stop-change.service.js';
import { shiftBehind, shifted } from '../stops/stop-moves.js';
import { StopProjectionRepository } from '../stops/stop-projection.repository.js';
import { asSystem } from '../system-transaction.js';

/** Sessions whose speakers are asked for in one request. */
const maxSessionsAsked = 200;

/**
 * Keeps when people are in sessions. Where a sign-up or a moved session takes the time of a scheduled meeting, the
 * meeting gives way: others decided first, and it is easier to place anew.
 */
@Injectable()
export class SessionChangeService {
  /** Applies states together with others that arrive at the same time; one that is not newer changes nothing. */
  readonly applySignUps = batching((states: readonly SignUps[]) => this.applyAllSignUps(states));
  readonly applySessions = batching((states: readonly SessionState[]) => this.applyAllSessions(states));

  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly rpc: Rpc,
    private readonly stops: StopProjectionRepository,
    private readonly stopChanges: StopChangeService,
    private readonly elsewhere: ElsewhereRepository,
    private readonly meetings: MeetingRepository,
    private readonly giveWay: GiveWayService,
    private readonly comers: ComersService,
  ) {}

  private applyAllSignUps(states: readonly SignUps[]): Promise<void> {
    const newest = newestOf(states, ({ registrationId }) => registrationId);
    return this.unitOfWork.transaction(async (manager, recorded) => {
      await this.elsewhere.lockStops(manager, newest.map(stopOf));
      const ids = newest.map(({ registrationId }) => registrationId);
      const before = await this.elsewhere.lockPeople(manager, ids);
      const saved = new Set(await this.elsewhere.saveSignUps(manager, newest));
      if (saved.size === 0) return;
      const after = newest.flatMap(({ registrationId, signUps }) =>
        signUps.flatMap((one) => one.delegateIds.map((personId) => ({ registrationId, personId }))),
      );
      const people = [...before, ...after].filter(({ registrationId }) => saved.has(registrationId));
      const personIds = [...new Set(people.map(({ personId }) => personId))];
      await this.elsewhere.release(manager, { personIds });
      const rows = await this.elsewhere.findOfRegistrations(manager, [...saved]);
      await this.take(asSystem(manager, recorded), rows, 'A delegate signed up for a session at this time.');
    });
  }

  private async applyAllSessions(states: readonly SessionState[]): Promise<void> {
    const newest = newestOf(states, ({ sessionId }) => sessionId);
    await this.catchUpWithStops(newest);
    const speaking = await this.speakersWithMeetings(newest);
    await this.unitOfWork.transaction(async (manager, recorded) => {
      await this.elsewhere.lockStops(manager, newest.map(stopOf));
      const stops = await this.stops.findKnown(manager, newest.map(stopOf));
      const states = newest.map((state) => following(state, stops.get(state.stopId)));
      const saved = new Set(await this.elsewhere.saveSessions(manager, states));
      if (saved.size === 0) return;
      await this.elsewhere.release(manager, { sessionIds: [...saved] });
      const signedUp = await this.elsewhere.findOfSessions(manager, [...saved]);
      const known = new Set(signedUp.map(placeOf));
      const more = states
        .flatMap(timedSession)
        .flatMap((session) =>
          [...(speaking.get(session.sessionId) ?? [])].map((personId) => ({ ...session, personId })),
        )
        .filter((one) => saved.has(one.sessionId) && !known.has(placeOf(one)));
      await this.take(
        asSystem(manager, recorded),
        [...signedUp, ...more],
        'A session of a delegate is at this time.',
      );
    });
  }

  private async take(tx: TransactionContext, rows: readonly Elsewhere[], reason: string): Promise<void> {
    if (rows.length === 0) return;
    await this.giveWay.unschedule(tx, await this.meetings.lockDuring(tx.manager, rows), reason);
    await this.elsewhere.book(tx.manager, rows);
  }

  /** A session that moved with its stop may be told before the stop is; then its meetings move first. */
  private async catchUpWithStops(states: readonly SessionState[]): Promise<void> {
    for (const [stopId, some] of Map.groupBy(states, stopOf)) {
      const known = (await this.stops.find(this.database, stopId))?.state;
      const followed = Math.max(...some.map(({ movesFollowed }) => movesFollowed ?? 0));
      if (known !== undefined && known.moves.length < followed)
        await this.stopChanges.catchUp(stopId, known.version + 1);
    }
  }

  /**
   * Speakers are known by their addresses, so those who have meetings at the stops are asked for theirs.
   * @returns the people of meetings who speak, by session
   */
  private async speakersWithMeetings(
    states: readonly SessionState[],
  ): Promise<ReadonlyMap<string, readonly string[]>> {
    const timed = states.flatMap(timedSession);
    if (timed.length === 0) return new Map();
    const stopIds = [...new Set(timed.map(({ stopId }) => stopId))];
    const people = await this.elsewhere.findMeetingPeople(this.database, stopIds);
    const busyStops = new Set(people.map(({ stopId }) => stopId));
    const asked = timed.filter(({ stopId }) => busyStops.has(stopId));
    if (asked.length === 0) return new Map();
    const [speakers, contacts] = await Promise.all([
      this.speakersOf(asked.map(({ sessionId }) => sessionId)),
      this.comers.contactsOf(people.map(({ personId }) => personId)),
    ]);
    const personsByStop = Map.groupBy(people, ({ stopId }) => stopId);
    return new Map(
      asked.map(({ sessionId, stopId }) => [
        sessionId,
        (personsByStop.get(stopId) ?? [])
          .map(({ personId }) => personId)
          .filter((personId) =>
            speakers.get(sessionId)?.has(contacts.get(personId)?.email.toLowerCase() ?? ''),
          ),
      ]),
    );
  }

  /** The speakers' addresses in lower case, by session. */
  private async speakersOf(sessionIds: readonly string[]): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
    const emails = new Map<string, ReadonlySet<string>>();
    for (let at = 0; at < sessionIds.length; at += maxSessionsAsked) {
      const part = sessionIds.slice(at, at + maxSessionsAsked);
      const { sessions } = await this.rpc.ask(getSpeakers, { sessionIds: part });
      for (const session of sessions) emails.set(session.sessionId, emailsOf(session));
    }
    return emails;
  }
}

const stopOf = ({ stopId }: { readonly stopId: string }) => stopId;

/** A session as it is once it has followed its stop; its owner says the same, or where else it is, in its next state. */
function following(state: SessionState, stop: StopState | undefined): SessionState {
  const { startsAt, endsAt, movesFollowed } = state;
  if (stop === undefined || movesFollowed === undefined || startsAt === null || endsAt === null) return state;
  return { ...state, ...shifted({ startsAt, endsAt }, shiftBehind(stop, movesFollowed)) };
}

function timedSession({ sessionId, stopId, startsAt, endsAt }: SessionState) {
  return startsAt === null || endsAt === null ? [] : [{ sessionId, stopId, from: startsAt, to: endsAt }];
}

function emailsOf({ speakers }: SpeakersOfSession): ReadonlySet<string> {
  return new Set(speakers.flatMap(({ email }) => email?.toLowerCase() ?? []));
}

/** That one person is in one session, as a key. */
function placeOf({ sessionId, personId }: Elsewhere): string {
  return `${sessionId} ${personId}`;
}

/** One state of each aggregate, the newest. */
function newestOf<State extends { readonly version: number }>(
  states: readonly State[],
  idOf: (state: State) => string,
): State[] {
  const newest = new Map<string, State>();
  for (const state of states) {
    const known = newest.get(idOf(state));
    if (known === undefined || known.version < state.version) newest.set(idOf(state), state);
  }
  return [...newest.values()];
}
