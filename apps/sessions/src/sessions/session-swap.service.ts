import { Injectable } from '@nestjs/common';
import { Problem, invalidField, type Session } from '#contracts';
import type { CallContext } from '#messaging';
import { Database, UnitOfWork, refuseStaleVersion, type TransactionContext } from '#persistence';
import type { StopProjectionEntity } from '../stops/stop-projection.entity.js';
import { brokenRule, type ConflictKind } from './conflict.repository.js';
import { ConflictService, transientConflict } from './conflict.service.js';
import type { SessionRecord } from './session.js';
import { actorFor, refuseClosedProgramme, sessionFor } from './session-access.js';
import { SessionJournal } from './session-journal.service.js';
import { moveSession, refuseEnded } from './session-lifecycle.js';
import { SessionRepository } from './session.repository.js';
import { partnerProblem, swapped, type Swap } from './swap.js';

/** A swap that was about to be saved. */
type Attempted = { swap: Swap; stop: StopProjectionEntity };

/** Lets two scheduled sessions of a stop change places in one step. */
@Injectable()
export class SessionSwapService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: Database,
    private readonly sessions: SessionRepository,
    private readonly journal: SessionJournal,
    private readonly conflicts: ConflictService,
  ) {}

  async swap(call: CallContext, id: string, withId: string): Promise<Session> {
    if (id === withId) throw invalidField('/withId', 'must be another session');
    let attempted: Attempted | undefined;
    try {
      return await this.attempt(call, id, withId, (decided) => {
        attempted = decided;
      });
    } catch (error) {
      const kind = brokenRule(error);
      if (kind === undefined || attempted === undefined) throw error;
      throw await this.explain(kind, attempted);
    }
  }

  private attempt(
    call: CallContext,
    id: string,
    withId: string,
    onDecided: (attempted: Attempted) => void,
  ): Promise<Session> {
    return this.unitOfWork.run(
      call,
      async (tx) => {
        const { session, other, stop } = await this.sessions.lockTwo(tx.manager, id, withId);
        const actor = actorFor(call.caller, session, stop.state);
        if (actor === 'company') throw new Problem('auth.forbidden', 'Only an organizer can swap sessions.');
        if (other === null) throw invalidField('/withId', 'must be a session of the same stop');
        refuseStaleVersion(call, session.version);
        refuseClosedProgramme(stop.state, new Date());
        for (const one of [session, other]) {
          refuseEnded(one, stop.state.timeZone, new Date());
          moveSession(one.status, 'swap', actor);
        }
        const swap = swapped(session, other, stop.state);
        onDecided({ swap, stop });
        await this.save(tx, [session, other], swap, stop);
        return sessionFor(call.caller, swap.session, stop.state);
      },
      (session) => session.id,
    );
  }

  private async save(
    tx: TransactionContext,
    before: readonly [SessionRecord, SessionRecord],
    { session, other }: Swap,
    stop: StopProjectionEntity,
  ): Promise<void> {
    await this.sessions.lockPlaces(tx.manager, stop.organizationId);
    await this.sessions.clearPlaces(tx.manager, [session.id, other.id]);
    await this.sessions.saveStates(tx.manager, [session, other], stop.state);
    this.journal.record(tx, stop.state, 'swap', before[0], session);
    this.journal.record(tx, stop.state, 'swap', before[1], other);
  }

  /** The transaction is over by then, so each of the two still stands where the other was to go. */
  private async explain(kind: ConflictKind, { swap, stop }: Attempted): Promise<Problem> {
    const { session, other } = swap;
    return (
      partnerProblem(swap, stop.state) ??
      (await this.conflicts.explain(this.database, kind, session, stop.state, other.id)) ??
      (await this.conflicts.explain(this.database, kind, other, stop.state, session.id)) ??
      transientConflict(kind)
    );
  }
}
