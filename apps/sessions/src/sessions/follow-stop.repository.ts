import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { timetableReleased, type Problem, type StopState } from '#contracts';
import type { TransactionContext } from '#persistence';
import type { StopProjectionEntity } from '../stops/stop-projection.entity.js';
import { ReleaseRepository } from '../timetable/release.repository.js';
import { ConflictRepository, brokenRule, passingConflict } from './conflict.repository.js';
import { outsideStop, type Placement } from './placement.js';
import { nowhere, type SessionRecord } from './session.js';
import { moveSession } from './session-lifecycle.js';
import { SessionRowsRepository } from './session-rows.repository.js';
import { movesToFollow, placeAfter, reasonOfLoss, touchesPlaces } from './stop-move.js';

/** A session and where it is to be. */
type Aim = { before: SessionRecord; after: SessionRecord };
/** A session that can't be where it was to be, and why. */
type Loss = { aim: Aim; problem: Problem };

/** Lets the sessions of a stop follow its changes, within the transaction in which the change arrives. */
@Injectable()
export class FollowStopRepository {
  constructor(
    private readonly rows: SessionRowsRepository,
    private readonly conflicts: ConflictRepository,
    private readonly releases: ReleaseRepository,
  ) {}

  /** @param before the stop as it was known until now; its row is locked and holds the new state already */
  async follow(tx: TransactionContext, before: StopProjectionEntity, stop: StopState): Promise<void> {
    if (stop.status === 'cancelled') {
      if (before.state.status !== 'cancelled') await this.cancelAll(tx, before, stop);
      return;
    }
    const moves = movesToFollow(stop, before.movesApplied);
    if (moves.length === 0 && !touchesPlaces(before.state, stop)) return;
    await this.placeAnew(tx, stop, moves);
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
    const live = await this.rows.lockAll(tx.manager, stop.id, ['proposed', 'accepted', 'scheduled']);
    const cancelled = live.map((session) => ({
      ...session,
      ...nowhere,
      status: moveSession(session.status, 'follow-cancelled-stop', 'stop'),
      reason: stop.cancelReason,
      version: session.version + 1,
    }));
    await this.rows.saveStates(tx.manager, cancelled, stop);
    for (const [index, session] of cancelled.entries()) {
      this.rows.record(tx, 'follow_cancelled_stop', live[index] ?? null, session);
    }
    if (before.lastRelease === 0) return;
    tx.emit(timetableReleased, stop.id, {
      stopId: stop.id,
      tourId: stop.tourId,
      version: before.lastRelease,
    });
  }

  /** Every scheduled session goes to where the moves lead it; who can't be there becomes accepted again. */
  private async placeAnew(
    tx: TransactionContext,
    stop: StopState,
    moves: ReturnType<typeof movesToFollow>,
  ): Promise<void> {
    const scheduled = await this.rows.lockAll(tx.manager, stop.id, ['scheduled']);
    if (scheduled.length === 0) return;
    await this.rows.lockPlaces(tx.manager, stop.organizationId);
    await this.rows.clearPlaces(
      tx.manager,
      scheduled.map((session) => session.id),
    );
    const aims = scheduled.map((session) =>
      aimOf(session, placeAfter(moves, placed(session), stop.timeZone)),
    );
    const outside = aims.flatMap((aim) => lossOutside(aim, stop));
    const inside = aims.filter((aim) => !outside.some((loss) => loss.aim === aim));
    const losses = [...outside, ...(await this.placeInOrder(tx.manager, inside, stop))];
    await this.dropPlaces(tx, losses, moves, stop);
    for (const aim of inside) {
      const lost = losses.some((loss) => loss.aim === aim);
      if (!lost && aim.after.version > aim.before.version) {
        this.rows.record(tx, 'follow_stop', aim.before, aim.after);
      }
    }
  }

  /**
   * Places sessions as if one by one in their order: each gets its place unless an earlier one or another stop's has
   * it. All are tried with one statement, and only where that is refused the halves one after the other, which ends
   * the same and costs little when few collide.
   */
  private async placeInOrder(manager: EntityManager, aims: Aim[], stop: StopState): Promise<Loss[]> {
    const [first] = aims;
    if (first === undefined) return [];
    try {
      await manager.transaction((savepoint) =>
        this.rows.saveStates(
          savepoint,
          aims.map((aim) => aim.after),
          stop,
        ),
      );
      return [];
    } catch (error) {
      const kind = brokenRule(error);
      if (kind === undefined) throw error;
      if (aims.length === 1) {
        const problem = await this.conflicts.explain(manager, kind, first.after, stop);
        return [{ aim: first, problem: problem ?? passingConflict(kind) }];
      }
      const half = Math.ceil(aims.length / 2);
      const losses = await this.placeInOrder(manager, aims.slice(0, half), stop);
      return [...losses, ...(await this.placeInOrder(manager, aims.slice(half), stop))];
    }
  }

  private async dropPlaces(
    tx: TransactionContext,
    losses: readonly Loss[],
    moves: ReturnType<typeof movesToFollow>,
    stop: StopState,
  ): Promise<void> {
    const dropped = losses.map(({ aim, problem }) => ({
      ...aim.before,
      ...nowhere,
      status: moveSession(aim.before.status, 'lose-its-place', 'stop'),
      reason: reasonOfLoss(moves, problem.detail),
      version: aim.before.version + 1,
    }));
    await this.rows.saveStates(tx.manager, dropped, stop);
    for (const [index, session] of dropped.entries()) {
      const { aim, problem } = losses[index] ?? {};
      this.rows.record(tx, 'lose_its_place', aim?.before ?? null, session, { cause: problem?.code });
    }
  }
}

/** A session that stays where it is keeps its version: nothing of it changes. */
function aimOf(session: SessionRecord, place: Placement): Aim {
  const stays = session.startsAt === place.startsAt && session.endsAt === place.endsAt;
  return {
    before: session,
    after: { ...session, ...place, version: stays ? session.version : session.version + 1 },
  };
}

function lossOutside(aim: Aim, stop: StopState): Loss[] {
  const problem = outsideStop(placed(aim.after), stop);
  return problem === null ? [] : [{ aim, problem }];
}

/** A scheduled session has a place: the table's check says so. */
function placed(session: SessionRecord): Placement & { durationMinutes: number } {
  const { roomId, startsAt, endsAt, durationMinutes } = session;
  return { roomId: roomId ?? '', startsAt: startsAt ?? '', endsAt: endsAt ?? '', durationMinutes };
}
