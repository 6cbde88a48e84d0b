import { Injectable } from '@nestjs/common';
import { Problem, type StopState } from '#contracts';
import type { Reader, Transaction } from '#persistence';
import {
  ConflictRepository,
  brokenRule,
  type ConflictKind,
  type SpeakerMeeting,
} from './conflict.repository.js';
import { conflictProblem, type Conflict, type ConflictCause } from './placement.js';
import type { SessionRecord } from './session.js';
import { speakerNamed } from './speakers.js';

/** Something about to be written whose place a constraint may refuse. */
type Candidate = { after: SessionRecord };

/** Puts into words what a refused place collides with. The constraints have decided by then. */
@Injectable()
export class ConflictService {
  constructor(private readonly conflicts: ConflictRepository) {}

  /**
   * The refusal with every session in the way, or null where the way has become free since.
   * @param except a session that was to leave its place at the same time
   */
  explain(
    manager: Reader,
    kind: ConflictKind,
    session: SessionRecord,
    stop: StopState,
    except: string = session.id,
  ): Promise<Problem | null> {
    return kind === 'room'
      ? this.roomProblem(manager, session, stop, except)
      : this.speakerProblem(manager, session, stop, except);
  }

  /**
   * Writes sessions as if one by one in their order: each gets its place unless an earlier one or another stop's has
   * it. All are tried with one statement, and only where that is refused the halves one after the other, which ends
   * the same and costs little when few collide.
   * @returns those that a constraint refused, with the reason
   */
  async writeInOrder<T extends Candidate>(
    manager: Transaction,
    candidates: readonly T[],
    stop: StopState,
    write: (savepoint: Transaction, some: readonly T[]) => Promise<void>,
  ): Promise<{ candidate: T; problem: Problem }[]> {
    const [first] = candidates;
    if (first === undefined) return [];
    try {
      await this.conflicts.savepoint(manager, (savepoint) => write(savepoint, candidates));
      return [];
    } catch (error) {
      const kind = brokenRule(error);
      if (kind === undefined) throw error;
      if (candidates.length === 1) {
        const problem = await this.explain(manager, kind, first.after, stop);
        return [{ candidate: first, problem: problem ?? transientConflict(kind) }];
      }
      const half = Math.ceil(candidates.length / 2);
      const refused = await this.writeInOrder(manager, candidates.slice(0, half), stop, write);
      return [...refused, ...(await this.writeInOrder(manager, candidates.slice(half), stop, write))];
    }
  }

  private async roomProblem(
    manager: Reader,
    session: SessionRecord,
    stop: StopState,
    except: string,
  ): Promise<Problem | null> {
    const roomName = stop.rooms.find((room) => room.id === session.roomId)?.name ?? {};
    const conflicts = await this.conflicts.findInRoom(manager, session, except);
    return problemOf({ kind: 'room', roomName }, conflicts, stop);
  }

  private async speakerProblem(
    manager: Reader,
    session: SessionRecord,
    stop: StopState,
    except: string,
  ): Promise<Problem | null> {
    const met = await this.conflicts.findOfSpeakers(manager, session, stop, except);
    const first = met.find((one) => one.onStage) ?? met[0];
    if (first === undefined) return null;
    const others = met.filter((one) => one.sessionId !== first.sessionId);
    return problemOf(causeOf(first, session), uniqueById([first, ...others].map(conflictOf)), stop);
  }
}

/** The way was free again each time that one looked; a client that tries again will most likely succeed. */
export function transientConflict(kind: ConflictKind): Problem {
  const code = kind === 'room' ? 'session.room_conflict' : 'session.speaker_conflict';
  return new Problem(code, 'Others were changing the programme at the same time. Try again.', {
    conflicts: [],
  });
}

function causeOf(met: SpeakerMeeting, session: SessionRecord): ConflictCause {
  const speakerName = speakerNamed(session, met.speakerKey);
  return met.onStage
    ? { kind: 'speaker', speakerName }
    : { kind: 'travel', speakerName, cityName: met.city, travelMinutes: met.travelMinutes };
}

function problemOf(cause: ConflictCause, conflicts: Conflict[], stop: StopState): Problem | null {
  const [first, ...more] = conflicts;
  return first === undefined ? null : conflictProblem(cause, [first, ...more], stop.timeZone);
}

function conflictOf({ sessionId, title, startsAt, endsAt }: Conflict): Conflict {
  return { sessionId, title, startsAt, endsAt };
}

function uniqueById(conflicts: Conflict[]): Conflict[] {
  const ids = conflicts.map((one) => one.sessionId);
  return conflicts.filter((one, index) => ids.indexOf(one.sessionId) === index);
}
