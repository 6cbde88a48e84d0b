import { Injectable } from '@nestjs/common';
import { timetableReleased, type StopState } from '#contracts';
import type { TransactionContext } from '#persistence';
import { ConflictService } from '../sessions/conflict.service.js';
import { SessionJournal } from '../sessions/session-journal.service.js';
import { SessionRepository } from '../sessions/session.repository.js';
import type { StopProjectionEntity } from '../stops/stop-projection.entity.js';
import { ReleaseService } from '../timetable/release.service.js';
import {
  cancelledWithStop,
  conflictOutside,
  movesToFollow,
  targetOf,
  touchesPlaces,
  unscheduled,
  type Move,
  type TargetConflict,
} from './stop-change-policy.js';

/** Adjusts the sessions of a stop to its changes, within the transaction in which the change arrives. */
@Injectable()
export class ProgrammeAdjustment {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly journal: SessionJournal,
    private readonly conflicts: ConflictService,
    private readonly releases: ReleaseService,
  ) {}

  /** @param before the stop as it was known until now; its row is locked and holds the new state already */
  async adjust(tx: TransactionContext, before: StopProjectionEntity, stop: StopState): Promise<void> {
    if (stop.status === 'cancelled') {
      if (before.state.status !== 'cancelled') await this.cancelAll(tx, before, stop);
      return;
    }
    const moves = movesToFollow(stop, before.movesApplied);
    if (moves.length === 0 && !touchesPlaces(before.state, stop)) return;
    await this.placeAnew(tx, stop, moves, before.version);
    const note = moves.at(-1)?.reason ?? null;
    if (moves.length > 0 && before.lastRelease > 0) {
      await this.releases.add(tx, stop, before.lastRelease + 1, note);
    }
  }

  private async cancelAll(
    tx: TransactionContext,
    before: StopProjectionEntity,
    stop: StopState,
  ): Promise<void> {
    const live = await this.sessions.lockAll(tx.manager, stop.id, ['proposed', 'accepted', 'scheduled']);
    const cancelled = live.map((session) => cancelledWithStop(session, stop));
    await this.sessions.saveStates(tx.manager, cancelled, stop);
    for (const [index, session] of cancelled.entries()) {
      this.journal.record(tx, stop, 'follow_cancelled_stop', live[index] ?? null, session);
    }
    if (before.lastRelease === 0) return;
    tx.emit(timetableReleased, stop.id, {
      stopId: stop.id,
      tourId: stop.tourId,
      version: before.lastRelease,
    });
  }

  /** Every scheduled session goes where the moves lead it; one that can't be there becomes accepted again. */
  private async placeAnew(
    tx: TransactionContext,
    stop: StopState,
    moves: readonly Move[],
    versionBefore: number,
  ): Promise<void> {
    const { manager } = tx;
    const scheduled = await this.sessions.lockAll(manager, stop.id, ['scheduled']);
    if (scheduled.length === 0) return;
    await this.sessions.lockPlaces(manager, stop.organizationId);
    const ids = scheduled.map((session) => session.id);
    await this.sessions.clearPlaces(manager, ids);
    const targets = scheduled.map((session) => targetOf(session, moves, stop.timeZone));
    const outside = targets.flatMap((target) => conflictOutside(target, stop) ?? []);
    const inside = targets.filter((target) => !outside.some((conflict) => conflict.target === target));
    const refused = await this.conflicts.writeInOrder(manager, inside, stop, (savepoint, some) =>
      this.sessions.saveStates(
        savepoint,
        some.map((target) => target.after),
        stop,
      ),
    );
    const lost = refused.map(({ candidate, problem }) => ({ target: candidate, problem }));
    await this.unschedule(tx, [...outside, ...lost], moves, stop);
    const unscheduledIds = [...outside, ...lost].map(({ target }) => target.before.id);
    await this.sessions.markUnscheduled(manager, unscheduledIds, {
      after: versionBefore,
      upTo: stop.version,
    });
    for (const target of inside) {
      const isPlaced = !lost.some((conflict) => conflict.target === target);
      if (isPlaced && target.after.version > target.before.version) {
        this.journal.record(tx, stop, 'follow_stop', target.before, target.after);
      }
    }
  }

  private async unschedule(
    tx: TransactionContext,
    conflicts: readonly TargetConflict[],
    moves: readonly Move[],
    stop: StopState,
  ): Promise<void> {
    const sessions = conflicts.map((conflict) => unscheduled(conflict, moves));
    await this.sessions.saveStates(tx.manager, sessions, stop);
    for (const [index, session] of sessions.entries()) {
      const { target, problem } = conflicts[index] ?? {};
      this.journal.record(tx, stop, 'lose_its_place', target?.before ?? null, session, {
        cause: problem?.code,
      });
    }
  }
}
