import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  Problem,
  formatInstant,
  getRoomsInUse,
  notFound,
  stopChanged,
  type Caller,
  type InputOf,
  type OutputOf,
  type Stop,
  type StopDraft,
  type StopPatch,
  type addRooms as addRoomsContract,
  type rescheduleStop as rescheduleContract,
} from '#contracts';
import { Rpc, defaultDeadlineMs, type CallContext } from '#messaging';
import { UnitOfWork, newId, refuseStaleVersion, type TransactionContext } from '#persistence';
import { lockOwnTour } from '../tours/tour.repository.js';
import type { TourRecord } from '../tours/tour.js';
import { difference } from './difference.js';
import { OverlapRefused, OverlapRepository, isOverlap } from './overlap.repository.js';
import { addRooms, fieldsOf, patchStop } from './stop-draft.js';
import { moveStop, publishStop, rescheduleStop } from './stop-lifecycle.js';
import { StopReadsRepository } from './stop-reads.repository.js';
import { StopEntity, recordOf } from './stop.entity.js';
import { newStop, removedRooms, stateOf, type StopRecord } from './stop.js';

@Injectable()
export class StopRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reads: StopReadsRepository,
    private readonly overlaps: OverlapRepository,
    private readonly rpc: Rpc,
  ) {}

  async create(call: CallContext, tourId: string, draft: StopDraft): Promise<Stop> {
    const work = this.unitOfWork.run(
      call,
      async (tx) => {
        const tour = await lockOwnTour(tx.manager, call.caller, tourId);
        const of = { id: newId(), tourId, organizationId: tour.organizationId };
        const stop = newStop(of, fieldsOf(draft, newId), formatInstant(new Date()));
        await insert(tx.manager, stop, tour);
        record(tx, 'stop.create', null, stop, tour);
        return this.reads.show(tx.manager, stop);
      },
      (stop) => stop.id,
    );
    return work.catch((error: unknown) => this.overlaps.explainStop(error));
  }

  /** Whether rooms that would go are in use is asked of sessions outside of the transaction, and only then. */
  async update(call: CallContext, id: string, patch: StopPatch): Promise<Stop> {
    try {
      return await this.patch(call, id, patch, undefined);
    } catch (error) {
      if (!(error instanceof RoomsMustBeAskedFor)) throw error;
      const { roomIds } = await this.rpc.ask(
        getRoomsInUse,
        { stopId: id },
        defaultDeadlineMs,
        call.requestId,
      );
      return this.patch(call, id, patch, new Set(roomIds));
    }
  }

  async publish(call: CallContext, id: string): Promise<Stop> {
    return this.change(call, id, 'stop.publish', (stop) => publishStop(stop, new Date()));
  }

  async reschedule(
    call: CallContext,
    id: string,
    to: InputOf<typeof rescheduleContract>['body'],
  ): Promise<Stop> {
    const reason = to.reason ?? null;
    return this.change(call, id, 'stop.reschedule', (stop) => rescheduleStop(stop, to, reason, new Date()), {
      reason,
    });
  }

  async cancel(call: CallContext, id: string, reason: string): Promise<Stop> {
    return this.change(call, id, 'stop.cancel', (stop) => ({
      ...stop,
      status: moveStop(stop, 'cancel'),
      cancelReason: reason,
    }));
  }

  /** For an imported schedule; a repetition finds the rooms there and changes nothing. */
  async addRooms(
    call: CallContext,
    id: string,
    rooms: InputOf<typeof addRoomsContract>['rooms'],
  ): Promise<OutputOf<typeof addRoomsContract>> {
    await this.change(call, id, 'stop.add_rooms', (stop) => addRooms(stop, rooms, newId));
    const stop = await this.reads.findState(id);
    if (stop === null) throw notFound('stop');
    return { stop };
  }

  async complete(call: CallContext, id: string): Promise<Stop> {
    return this.change(call, id, 'stop.complete', (stop) => ({
      ...stop,
      status: moveStop(stop, 'complete'),
    }));
  }

  private patch(
    call: CallContext,
    id: string,
    patch: StopPatch,
    roomsInUse: ReadonlySet<string> | undefined,
  ): Promise<Stop> {
    return this.change(call, id, 'stop.update', (stop) => {
      const changed = patchStop(stop, patch, newId);
      refuseLosingRooms(removedRooms(stop, changed), roomsInUse);
      return changed;
    });
  }

  /** Locks, decides by a pure rule, saves and tells. A decision that gives the same stop back changes nothing. */
  private async change(
    call: CallContext,
    id: string,
    action: string,
    decide: (stop: StopRecord) => StopRecord,
    note: object = {},
  ): Promise<Stop> {
    const work = this.unitOfWork.run(
      call,
      async (tx) => {
        const { stop, tour } = await lockOwnStop(tx.manager, call.caller, id);
        refuseStaleVersion(call, stop.version);
        const decided = decide(stop);
        if (decided === stop) return this.reads.show(tx.manager, stop);
        const changed = { ...decided, updatedAt: formatInstant(new Date()), version: stop.version + 1 };
        await update(tx.manager, changed);
        record(tx, action, stop, changed, tour, note);
        return this.reads.show(tx.manager, changed);
      },
      () => id,
    );
    return work.catch((error: unknown) => this.overlaps.explainStop(error));
  }
}

/** Rooms would go, and whether sessions take place in them has not been asked yet. */
class RoomsMustBeAskedFor extends Error {}

function refuseLosingRooms(removed: string[], inUse: ReadonlySet<string> | undefined): void {
  if (removed.length === 0) return;
  if (inUse === undefined) throw new RoomsMustBeAskedFor();
  const kept = removed.filter((id) => inUse.has(id));
  if (kept.length === 0) return;
  throw new Problem(
    'stop.room_in_use',
    `Sessions are scheduled in ${kept.join(', ')}. Move them before you remove the room.`,
  );
}

/** The tour first, always, so that two changes never wait for each other. A stop never changes its tour. */
async function lockOwnStop(
  manager: EntityManager,
  caller: Caller,
  id: string,
): Promise<{ stop: StopRecord; tour: TourRecord }> {
  const found = await manager.findOneBy(StopEntity, { id });
  if (found === null || found.organizationId !== caller.organizationId) throw notFound('stop');
  const tour = await lockOwnTour(manager, caller, found.tourId);
  const stop = await manager.findOneOrFail(StopEntity, {
    where: { id },
    lock: { mode: 'pessimistic_write' },
  });
  return { stop: recordOf(stop), tour };
}

async function insert(manager: EntityManager, stop: StopRecord, tour: TourRecord): Promise<void> {
  await namingOverlap(stop, manager.insert(StopEntity, { ...stop, overlapAllowed: tour.overlappingStops }));
}

async function update(manager: EntityManager, stop: StopRecord): Promise<void> {
  await namingOverlap(stop, manager.update(StopEntity, { id: stop.id }, stop));
}

async function namingOverlap(
  { id, tourId, startsAt, endsAt }: StopRecord,
  write: Promise<unknown>,
): Promise<void> {
  await write.catch((error: unknown) => {
    throw isOverlap(error) ? new OverlapRefused(id, tourId, { startsAt, endsAt }) : error;
  });
}

function record(
  tx: TransactionContext,
  action: string,
  before: StopRecord | null,
  after: StopRecord,
  tour: TourRecord,
  note: object = {},
): void {
  tx.emit(stopChanged, after.id, stateOf(after, tour.speakerTravelMinutes));
  const { before: was, after: is } =
    before === null ? { before: null, after: audited(after) } : difference(audited(before), audited(after));
  tx.audit({
    resourceType: 'stop',
    resourceId: after.id,
    action,
    organizationId: after.organizationId,
    before: was,
    after: { ...is, ...note },
  });
}

/** Earlier moves have lines of their own in the audit. */
function audited(stop: StopRecord): object {
  const { moves: _, updatedAt: __, ...kept } = stop;
  return kept;
}
