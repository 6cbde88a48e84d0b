import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { invalidField, type Session } from '#contracts';
import type { CallContext } from '#messaging';
import { UnitOfWork, newId, refuseStaleVersion } from '#persistence';
import { CompanyProjectionRepository } from '../companies/company-projection.repository.js';
import type { StopProjectionEntity } from '../stops/stop-projection.entity.js';
import { StopProjectionRepository } from '../stops/stop-projection.repository.js';
import { ConflictRepository, brokenRule, passingConflict } from './conflict.repository.js';
import { endOf, outsideStop } from './placement.js';
import {
  newSession,
  nowhere,
  patched,
  type SessionDraft,
  type SessionPatch,
  type SessionRecord,
} from './session.js';
import { actorFor, refuseClosedProgramme, refuseHiddenStop, sessionFor } from './session-access.js';
import { firstStatus, keepsItsPlace, moveSession, refuseLateEdit } from './session-lifecycle.js';
import { SessionRowsRepository } from './session-rows.repository.js';

/** Times that a refused place is tried again because nothing was found in its way a moment later. */
const attemptsAtMost = 3;

type Decide = (
  session: SessionRecord,
  stop: StopProjectionEntity,
  actor: 'organizer' | 'company',
  manager: EntityManager,
) => SessionRecord | Promise<SessionRecord>;

/** A session as it was about to be saved. */
type Tried = { session: SessionRecord; stop: StopProjectionEntity };

@Injectable()
export class SessionRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly rows: SessionRowsRepository,
    private readonly conflicts: ConflictRepository,
    private readonly stops: StopProjectionRepository,
    private readonly companies: CompanyProjectionRepository,
  ) {}

  /** A company's proposal, or a talk that an organizer adds. */
  async propose(call: CallContext, stopId: string, draft: SessionDraft): Promise<Session> {
    const { caller } = call;
    const companyId = caller.role === 'company' ? (caller.companyId ?? null) : null;
    refuseHiddenStop(caller, (await this.stops.get(stopId)).state);
    if (companyId !== null) await this.companies.ensure(companyId);
    return this.unitOfWork.run(
      call,
      async (tx) => {
        const { state: stop } = await this.stops.lock(tx.manager, stopId, 'pessimistic_read');
        refuseHiddenStop(caller, stop);
        const { organizationId } = stop;
        if (companyId !== null) await this.companies.refuseSuspended(tx.manager, companyId, organizationId);
        refuseClosedProgramme(stop);
        const status = firstStatus(companyId === null ? 'organizer' : 'company');
        const session = newSession(
          draft,
          { id: newId(), stopId, organizationId, companyId, status },
          new Date(),
        );
        await this.rows.insert(tx.manager, session);
        this.rows.record(tx, companyId === null ? 'add' : 'propose', null, session);
        return sessionFor(caller, session, stop);
      },
      (session) => session.id,
    );
  }

  /** Changes texts, length or speakers. A scheduled session keeps its start, and must still fit where it is. */
  update(call: CallContext, id: string, patch: SessionPatch): Promise<Session> {
    return this.change(call, id, 'update', (session, stop, actor) => {
      refuseLateEdit(session, actor, new Date());
      const changed = patched(session, patch);
      if (session.roomId === null || session.startsAt === null) return changed;
      const endsAt = endOf(session.startsAt, changed.durationMinutes);
      const outside = outsideStop({ roomId: session.roomId, startsAt: session.startsAt, endsAt }, stop.state);
      if (outside !== null) throw outside;
      return { ...changed, endsAt };
    });
  }

  /** A move of its life but for the scheduling. */
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
    return this.change(call, id, 'schedule', async (session, stop, actor, manager) => {
      const status = moveSession(session.status, 'schedule', actor);
      await this.refuseUnknownRoom(manager, to.roomId, stop);
      const place = { ...to, endsAt: endOf(to.startsAt, session.durationMinutes) };
      const outside = outsideStop(place, stop.state);
      if (outside !== null) throw outside;
      return { ...session, ...place, status, reason: null };
    });
  }

  /**
   * One change of one session: lock, look who asks, decide, save, tell. Where a constraint refuses the place, the
   * transaction is over, and a fresh one finds what is in the way; if nothing is any more, the change is tried again.
   */
  private async change(call: CallContext, id: string, action: string, decide: Decide): Promise<Session> {
    for (let attempt = 1; ; attempt += 1) {
      let tried: Tried | undefined;
      try {
        return await this.attempt(call, id, action, decide, (session, stop) => {
          tried = { session, stop };
        });
      } catch (error) {
        const kind = brokenRule(error);
        if (kind === undefined || tried === undefined) throw error;
        const { session, stop } = tried;
        const { manager } = this.unitOfWork.dataSource;
        const problem = await this.conflicts.explain(manager, kind, session, stop.state);
        if (problem !== null) throw problem;
        if (attempt >= attemptsAtMost) throw passingConflict(kind);
      }
    }
  }

  private attempt(
    call: CallContext,
    id: string,
    action: string,
    decide: Decide,
    onTried: (session: SessionRecord, stop: StopProjectionEntity) => void,
  ): Promise<Session> {
    return this.unitOfWork.run(
      call,
      async (tx) => {
        const { session, stop } = await this.rows.lock(tx.manager, id);
        const actor = actorFor(call.caller, session, stop.state);
        refuseStaleVersion(call, session.version);
        refuseClosedProgramme(stop.state);
        const decided = await decide(session, stop, actor, tx.manager);
        const changed = { ...decided, version: session.version + 1 };
        onTried(changed, stop);
        await this.rows.save(tx.manager, changed, stop.state);
        this.rows.record(tx, action, session, changed);
        return sessionFor(call.caller, changed, stop.state);
      },
      (answer) => answer.id,
    );
  }

  /** A room of another stop is a place outside this one; a room that nobody knows is a mistake in the request. */
  private async refuseUnknownRoom(
    manager: EntityManager,
    roomId: string,
    stop: StopProjectionEntity,
  ): Promise<void> {
    if (stop.state.rooms.some((room) => room.id === roomId)) return;
    const elsewhere = (await manager.query(
      `SELECT 1 FROM stops WHERE organization_id = $1 AND state->'rooms' @> $2::jsonb LIMIT 1`,
      [stop.organizationId, JSON.stringify([{ id: roomId }])],
    )) as unknown[];
    if (elsewhere.length === 0) throw invalidField('/roomId', 'is not a room of this stop');
  }
}
