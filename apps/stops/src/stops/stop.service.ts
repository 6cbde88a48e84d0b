import { Injectable } from '@nestjs/common';
import {
  formatInstant,
  getRoomsInUse,
  notFound,
  stopChanged,
  type InputOf,
  type OutputOf,
  type Stop,
  type StopDraft,
  type StopPatch,
  type addRooms as addRoomsContract,
  type rescheduleStop as rescheduleContract,
} from '#contracts';
import { Rpc, defaultDeadlineMs, type CallContext } from '#messaging';
import { Database, UnitOfWork, newId, refuseStaleVersion, type TransactionContext } from '#persistence';
import { changedFields, sameJson } from './changed-fields.js';
import { OverlapRepository } from './overlap.repository.js';
import { ParentTourRepository, type ParentTour } from './parent-tour.repository.js';
import { UnknownRoomUse, refuseRemovingUsedRooms } from './room-use.js';
import { addRooms, fieldsOf, patchStop } from './stop-draft.js';
import { cancelStop, completeStop, publishStop, refuseDeleting } from './stop-lifecycle.js';
import { rescheduleStop } from './stop-reschedule.js';
import { auditedOf, deletedStateOf, newStop, presentStop, stateOf, type StopRecord } from './stop.js';
import { StopRepository } from './stop.repository.js';

/** The changes of stops. */
@Injectable()
export class StopService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: Database,
    private readonly stops: StopRepository,
    private readonly tours: ParentTourRepository,
    private readonly overlaps: OverlapRepository,
    private readonly rpc: Rpc,
  ) {}

  async create(call: CallContext, tourId: string, draft: StopDraft): Promise<Stop> {
    const work = this.unitOfWork.run(
      call,
      async (tx) => {
        const tour = await this.tours.lock(tx.manager, call.caller, tourId);
        const of = { id: newId(), tourId, organizationId: tour.organizationId };
        const stop = newStop(of, fieldsOf(draft, newId), formatInstant(new Date()));
        await this.stops.insert(tx.manager, stop, tour);
        record(tx, 'stop.create', null, stop, tour);
        return this.present(tx, stop);
      },
      (stop) => stop.id,
    );
    return work.catch((error: unknown) => this.overlaps.explainStop(error));
  }

  /** Sessions is asked which rooms are in use only where rooms would go, and outside of the transaction. */
  async update(call: CallContext, id: string, patch: StopPatch): Promise<Stop> {
    try {
      return await this.patch(call, id, patch, undefined);
    } catch (error) {
      if (!(error instanceof UnknownRoomUse)) throw error;
      const question = { stopId: id };
      const { roomIds } = await this.rpc.ask(getRoomsInUse, question, defaultDeadlineMs, call.requestId);
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
    const change = (stop: StopRecord) => rescheduleStop(stop, to, reason, new Date());
    return this.change(call, id, 'stop.reschedule', change, { reason });
  }

  async cancel(call: CallContext, id: string, reason: string): Promise<Stop> {
    const change = (stop: StopRecord) => cancelStop(stop, reason, new Date());
    return this.change(call, id, 'stop.cancel', change);
  }

  async complete(call: CallContext, id: string, early: boolean): Promise<Stop> {
    const change = (stop: StopRecord) => completeStop(stop, early, new Date());
    return this.change(call, id, 'stop.complete', change);
  }

  async delete(call: CallContext, id: string): Promise<null> {
    return this.unitOfWork.run(call, async (tx) => {
      const { stop, tour } = await this.lock(tx, call, id);
      refuseStaleVersion(call, stop.version);
      refuseDeleting(stop);
      await this.stops.delete(tx.manager, id);
      tx.emit(stopChanged, id, deletedStateOf(stop, tour.speakerTravelMinutes));
      tx.audit({
        resourceType: 'stop',
        resourceId: id,
        action: 'stop.delete',
        organizationId: stop.organizationId,
        before: auditedOf(stop),
        after: null,
      });
      return null;
    });
  }

  /** For an imported schedule; a repetition finds the rooms there and changes nothing. */
  async addRooms(
    call: CallContext,
    id: string,
    rooms: InputOf<typeof addRoomsContract>['rooms'],
  ): Promise<OutputOf<typeof addRoomsContract>> {
    await this.change(call, id, 'stop.add_rooms', (stop) => addRooms(stop, rooms, newId, new Date()));
    const stop = await this.stops.find(this.database, id);
    if (stop === null) throw notFound('stop');
    return { stop: stateOf(stop, await this.tours.travelMinutesOf(this.database, stop.tourId)) };
  }

  /** Gives the stops of a tour a new version when its travel time changes: other services know it from each stop. */
  async followTravelTime(
    tx: TransactionContext,
    before: ParentTour,
    after: ParentTour & { updatedAt: string },
  ): Promise<StopRecord[]> {
    const raised = await this.stops.raiseVersions(tx.manager, after.id, after.updatedAt);
    for (const stop of raised) {
      tx.emit(stopChanged, stop.id, stateOf(stop, after.speakerTravelMinutes));
      tx.audit({
        resourceType: 'stop',
        resourceId: stop.id,
        action: 'stop.follow_tour',
        organizationId: after.organizationId,
        before: { version: stop.version - 1, speakerTravelMinutes: before.speakerTravelMinutes },
        after: { version: stop.version, speakerTravelMinutes: after.speakerTravelMinutes },
      });
    }
    return raised;
  }

  private patch(
    call: CallContext,
    id: string,
    patch: StopPatch,
    roomsInUse: ReadonlySet<string> | undefined,
  ): Promise<Stop> {
    return this.change(call, id, 'stop.update', (stop) => {
      const patched = patchStop(stop, patch, newId, new Date());
      refuseRemovingUsedRooms(stop, patched, roomsInUse);
      return patched;
    });
  }

  /** Locks, decides by a pure rule, and saves. A decision that gives the same stop back changes nothing. */
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
        const { stop, tour } = await this.lock(tx, call, id);
        refuseStaleVersion(call, stop.version);
        const decided = decide(stop);
        if (decided === stop) return this.present(tx, stop);
        const changed = { ...decided, updatedAt: formatInstant(new Date()), version: stop.version + 1 };
        await this.stops.update(tx.manager, changed);
        record(tx, action, stop, changed, tour, note);
        return this.present(tx, changed);
      },
      () => id,
    );
    return work.catch((error: unknown) => this.overlaps.explainStop(error));
  }

  /** The tour first, always, so that two changes never wait for each other. A stop never changes its tour. */
  private async lock(
    tx: TransactionContext,
    { caller }: CallContext,
    id: string,
  ): Promise<{ stop: StopRecord; tour: ParentTour }> {
    const found = await this.stops.find(tx.manager, id);
    if (found === null || found.organizationId !== caller.organizationId) throw notFound('stop');
    const tour = await this.tours.lock(tx.manager, caller, found.tourId);
    const stop = await this.stops.lock(tx.manager, id);
    if (stop === null) throw notFound('stop');
    return { stop, tour };
  }

  private async present(tx: TransactionContext, stop: StopRecord): Promise<Stop> {
    return presentStop(stop, await this.stops.sequenceOf(tx.manager, stop), new Date());
  }
}

function record(
  tx: TransactionContext,
  action: string,
  before: StopRecord | null,
  after: StopRecord,
  tour: ParentTour,
  note: object = {},
): void {
  tx.emit(stopChanged, after.id, stateOf(after, tour.speakerTravelMinutes));
  const { before: was, after: is } =
    before === null
      ? { before: null, after: auditedOf(after) }
      : changedFields(auditedOf(before), auditedOf(after));
  tx.audit({
    resourceType: 'stop',
    resourceId: after.id,
    action,
    organizationId: after.organizationId,
    before: was,
    after: { ...is, ...note, ...(sameJson(before?.contact, after.contact) ? {} : { contactChanged: true }) },
  });
}
