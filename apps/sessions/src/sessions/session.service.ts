import { Injectable } from '@nestjs/common';
import { invalidField, type Session } from '#contracts';
import type { CallContext } from '#messaging';
import { UnitOfWork, newId, refuseStaleVersion, Database, type TransactionContext } from '#persistence';
import { CompanyProjectionService } from '../companies/company-projection.service.js';
import type { StopProjectionEntity } from '../stops/stop-projection.entity.js';
import { StopProjectionRepository } from '../stops/stop-projection.repository.js';
import { StopProjectionService } from '../stops/stop-projection.service.js';
import { brokenRule } from './conflict.repository.js';
import { ConflictService, transientConflict } from './conflict.service.js';
import { endOf, outsideStop } from './placement.js';
import {
  newSession,
  nowhere,
  patched,
  type SessionDraft,
  type SessionPatch,
  type SessionRecord,
} from './session.js';
import { actorFor, refuseClosedProgramme, refuseHiddenProgramme, sessionFor } from './session-access.js';
import { SessionJournal } from './session-journal.service.js';
import { firstStatus, keepsItsPlace, moveSession, refuseEnded, refuseLateEdit } from './session-lifecycle.js';
import { SessionRepository } from './session.repository.js';

/** Times that a refused place is tried again because nothing was found in its way a moment later. */
const maxAttempts = 3;

type Decide = (
  session: SessionRecord,
  stop: StopProjectionEntity,
  actor: 'organizer' | 'company',
  tx: TransactionContext,
) => SessionRecord | Promise<SessionRecord>;

/** A session as it was about to be saved. */
type Attempted = { session: SessionRecord; stop: StopProjectionEntity };

@Injectable()
export class SessionService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: Database,
    private readonly sessions: SessionRepository,
    private readonly journal: SessionJournal,
    private readonly conflicts: ConflictService,
    private readonly knownStops: StopProjectionService,
    private readonly stops: StopProjectionRepository,
    private readonly companies: CompanyProjectionService,
  ) {}

  /** A company's proposal, or a talk that an organizer adds. */
  async propose(call: CallContext, stopId: string, draft: SessionDraft): Promise<Session> {
    const { caller } = call;
    const companyId = caller.role === 'company' ? (caller.companyId ?? null) : null;
    refuseHiddenProgramme(caller, (await this.knownStops.get(stopId)).state);
    if (companyId !== null) await this.companies.ensure(companyId);
    return this.unitOfWork.run(
      call,
      async (tx) => {
        const { state: stop } = await this.stops.lock(tx.manager, stopId, 'pessimistic_read');
        refuseHiddenProgramme(caller, stop);
        const { organizationId } = stop;
        if (companyId !== null) await this.companies.refuseSuspended(tx, companyId, organizationId);
        refuseClosedProgramme(stop, new Date());
        const status = firstStatus(companyId === null ? 'organizer' : 'company');
        const session = newSession(
          draft,
          { id: newId(), stopId, organizationId, companyId, status },
          { id: newId, now: new Date() },
        );
        await this.sessions.insert(tx.manager, session);
        this.journal.record(tx, stop, companyId === null ? 'add' : 'propose', null, session);
        return sessionFor(caller, session, stop);
      },
      (session) => session.id,
    );
  }

  /** Changes texts, length or speakers. A scheduled session keeps its start, and must still fit where it is. */
  update(call: CallContext, id: string, patch: SessionPatch): Promise<Session> {
    return this.change(call, id, 'update', (session, stop, actor) => {
      refuseLateEdit(session, actor);
      const changed = patched(session, patch, actor, newId);
      if (session.roomId === null || session.startsAt === null) return changed;
      const endsAt = endOf(session.startsAt, changed.durationMinutes);
      const outside = outsideStop({ roomId: session.roomId, startsAt: session.startsAt, endsAt }, stop.state);
      if (outside !== null) throw outside;
      return { ...changed, endsAt };
    });
  }

  /** Every transition but scheduling. */
  move(
    call: CallContext,
    id: string,
    move: 'accept' | 'reject' | 'withdraw' | 'unschedule' | 'cancel',
    reason: string | null | undefined,
  ): Promise<Session> {
    return this.change(call, id, move, (session, _stop, actor) => {
      const status = moveSession(session.status, move, actor);
      const place = keepsItsPlace(status) ? {} : nowhere;
      return { ...session, ...place, status, reason: reason || null };
    });
  }

  /** Gives an accepted session its room and time, or a scheduled one another. */
  schedule(call: CallContext, id: string, to: { roomId: string; startsAt: string }): Promise<Session> {
    return this.change(call, id, 'schedule', async (session, stop, actor, tx) => {
      const status = moveSession(session.status, 'schedule', actor);
      await this.refuseUnknownRoom(tx, to.roomId, stop);
      const place = { ...to, endsAt: endOf(to.startsAt, session.durationMinutes) };
      const outside = outsideStop(place, stop.state);
      if (outside !== null) throw outside;
      return { ...session, ...place, status, reason: null };
    });
  }

  /**
   * Changes one session: lock, check the caller, decide, save, publish. Where a constraint refuses the place, the
   * transaction is over, and a fresh one finds what is in the way; if nothing is any more, the change is tried again.
   */
  private async change(call: CallContext, id: string, action: string, decide: Decide): Promise<Session> {
    for (let attempt = 1; ; attempt += 1) {
      let attempted: Attempted | undefined;
      try {
        return await this.attempt(call, id, action, decide, (session, stop) => {
          attempted = { session, stop };
        });
      } catch (error) {
        const kind = brokenRule(error);
        if (kind === undefined || attempted === undefined) throw error;
        const { session, stop } = attempted;
        const manager = this.database;
        const problem = await this.conflicts.explain(manager, kind, session, stop.state);
        if (problem !== null) throw problem;
        if (attempt >= maxAttempts) throw transientConflict(kind);
      }
    }
  }

  private attempt(
    call: CallContext,
    id: string,
    action: string,
    decide: Decide,
    onDecided: (session: SessionRecord, stop: StopProjectionEntity) => void,
  ): Promise<Session> {
    return this.unitOfWork.run(
      call,
      async (tx) => {
        const { session, stop } = await this.sessions.lock(tx.manager, id);
        const actor = actorFor(call.caller, session, stop.state);
        refuseStaleVersion(call, session.version);
        refuseClosedProgramme(stop.state, new Date());
        refuseEnded(session, stop.state.timeZone, new Date());
        const decided = await decide(session, stop, actor, tx);
        const changed = { ...decided, version: session.version + 1 };
        onDecided(changed, stop);
        await this.sessions.save(tx.manager, changed, stop.state);
        this.journal.record(tx, stop.state, action, session, changed);
        return sessionFor(call.caller, changed, stop.state);
      },
      (session) => session.id,
    );
  }

  /** A room of another stop is a place outside this one; an unknown room is a mistake in the request. */
  private async refuseUnknownRoom(
    tx: TransactionContext,
    roomId: string,
    stop: StopProjectionEntity,
  ): Promise<void> {
    if (stop.state.rooms.some((room) => room.id === roomId)) return;
    const isElsewhere = await this.stops.hasRoom(tx.manager, stop.organizationId, roomId);
    if (!isElsewhere) throw invalidField('/roomId', 'is not a room of this stop');
  }
}
