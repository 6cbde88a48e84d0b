import { Injectable } from '@nestjs/common';
import { getSpeakers, type EventOf, type SessionState, type sessionChanged } from '#contracts';
import { Rpc } from '#messaging';
import { Inbox, UnitOfWork, batching, type TransactionContext } from '#persistence';
import { ComersService } from '../meetings/comers.service.js';
import { GiveWayService } from '../meetings/give-way.service.js';
import { MeetingRepository } from '../meetings/meeting.repository.js';
import { asSystem } from '../system-transaction.js';
import { ElsewhereRepository, type Elsewhere, type SignUps } from './elsewhere.repository.js';

/**
 * Keeps when people are in sessions. Where a sign-up or a moved session takes the time of a scheduled meeting, the
 * meeting gives way: others decided first, and it is easier to place anew.
 */
@Injectable()
export class ElsewhereService {
  /** Applies states together with others that arrive at the same time; one that is not newer changes nothing. */
  readonly applySignUps = batching((states: readonly SignUps[]) => this.applyAllSignUps(states));

  constructor(
    private readonly inbox: Inbox,
    private readonly unitOfWork: UnitOfWork,
    private readonly rpc: Rpc,
    private readonly elsewhere: ElsewhereRepository,
    private readonly meetings: MeetingRepository,
    private readonly giveWay: GiveWayService,
    private readonly comers: ComersService,
  ) {}

  private applyAllSignUps(states: readonly SignUps[]): Promise<void> {
    const newest = newestSignUps(states);
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

  async applySession(event: EventOf<typeof sessionChanged>): Promise<void> {
    const speaking = await this.speakersWithMeetings(event.data);
    await this.inbox.once(event, async (manager, recorded) => {
      if (!(await this.elsewhere.saveSession(manager, event.data))) return;
      await this.elsewhere.release(manager, { sessionId: event.data.sessionId });
      const rows = await this.elsewhere.findOfSession(manager, event.data.sessionId);
      const known = new Set(rows.map(({ personId }) => personId));
      const more = speaking.filter(({ personId }) => !known.has(personId));
      await this.take(
        asSystem(manager, recorded),
        [...rows, ...more],
        'A session of a delegate is at this time.',
      );
    });
  }

  private async take(tx: TransactionContext, rows: readonly Elsewhere[], reason: string): Promise<void> {
    if (rows.length === 0) return;
    await this.giveWay.unschedule(tx, await this.meetings.lockDuring(tx.manager, rows), reason);
    await this.elsewhere.book(tx.manager, rows);
  }

  /** Speakers are known by their addresses, so those who have meetings at the stop are asked for theirs. */
  private async speakersWithMeetings({
    sessionId,
    stopId,
    startsAt,
    endsAt,
  }: SessionState): Promise<Elsewhere[]> {
    if (startsAt === null || endsAt === null) return [];
    const people = await this.unitOfWork.transaction((manager) =>
      this.elsewhere.findMeetingPeople(manager, stopId),
    );
    if (people.length === 0) return [];
    const { sessions } = await this.rpc.ask(getSpeakers, { sessionIds: [sessionId] });
    const emails = new Set(
      sessions.flatMap(({ speakers }) => speakers.flatMap(({ email }) => email?.toLowerCase() ?? [])),
    );
    const contacts = await this.comers.contactsOf(people);
    return people
      .filter((personId) => emails.has(contacts.get(personId)?.email.toLowerCase() ?? ''))
      .map((personId) => ({ sessionId, personId, from: startsAt, to: endsAt }));
  }
}

function newestSignUps(states: readonly SignUps[]): SignUps[] {
  const newest = new Map<string, SignUps>();
  for (const state of states) {
    const known = newest.get(state.registrationId);
    if (known === undefined || known.version < state.version) newest.set(state.registrationId, state);
  }
  return [...newest.values()];
}
