import { Injectable } from '@nestjs/common';
import { getSpeakers, type SessionState, type SpeakersOfSession } from '#contracts';
import { Rpc } from '#messaging';
import { Database, UnitOfWork, batching, type TransactionContext } from '#persistence';
import { ComersService } from '../meetings/comers.service.js';
import { GiveWayService } from '../meetings/give-way.service.js';
import { MeetingRepository } from '../meetings/meeting.repository.js';
import { asSystem } from '../system-transaction.js';
import { ElsewhereRepository, type Elsewhere, type SignUps } from './elsewhere.repository.js';

/** Sessions whose speakers are asked for in one request. */
const maxSessionsAsked = 200;

/**
 * Keeps when people are in sessions. Where a sign-up or a moved session takes the time of a scheduled meeting, the
 * meeting gives way: others decided first, and it is easier to place anew.
 */
@Injectable()
export class ElsewhereService {
  /** Applies states together with others that arrive at the same time; one that is not newer changes nothing. */
  readonly applySignUps = batching((states: readonly SignUps[]) => this.applyAllSignUps(states));
  readonly applySessions = batching((states: readonly SessionState[]) => this.applyAllSessions(states));

  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly rpc: Rpc,
    private readonly elsewhere: ElsewhereRepository,
    private readonly meetings: MeetingRepository,
    private readonly giveWay: GiveWayService,
    private readonly comers: ComersService,
  ) {}

  private applyAllSignUps(states: readonly SignUps[]): Promise<void> {
    const newest = newestOf(states, ({ registrationId }) => registrationId);
    return this.unitOfWork.transaction(async (manager, recorded) => {
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
    const speaking = await this.speakersWithMeetings(newest);
    await this.unitOfWork.transaction(async (manager, recorded) => {
      const saved = new Set(await this.elsewhere.saveSessions(manager, newest));
      if (saved.size === 0) return;
      await this.elsewhere.release(manager, { sessionIds: [...saved] });
      const signedUp = await this.elsewhere.findOfSessions(manager, [...saved]);
      const known = new Set(signedUp.map(placeOf));
      const more = speaking.filter((one) => saved.has(one.sessionId) && !known.has(placeOf(one)));
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

  /** Speakers are known by their addresses, so those who have meetings at the stops are asked for theirs. */
  private async speakersWithMeetings(states: readonly SessionState[]): Promise<Elsewhere[]> {
    const timed = states.flatMap(timedSession);
    if (timed.length === 0) return [];
    const stopIds = [...new Set(timed.map(({ stopId }) => stopId))];
    const people = await this.elsewhere.findMeetingPeople(this.database, stopIds);
    const busyStops = new Set(people.map(({ stopId }) => stopId));
    const asked = timed.filter(({ stopId }) => busyStops.has(stopId));
    if (asked.length === 0) return [];
    const [speakers, contacts] = await Promise.all([
      this.speakersOf(asked.map(({ sessionId }) => sessionId)),
      this.comers.contactsOf(people.map(({ personId }) => personId)),
    ]);
    const personsByStop = Map.groupBy(people, ({ stopId }) => stopId);
    return asked.flatMap(({ sessionId, stopId, from, to }) =>
      (personsByStop.get(stopId) ?? [])
        .filter(({ personId }) =>
          speakers.get(sessionId)?.has(contacts.get(personId)?.email.toLowerCase() ?? ''),
        )
        .map(({ personId }) => ({ sessionId, personId, from, to })),
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
