import { Injectable } from '@nestjs/common';
import {
  checkInChanged,
  formatInstant,
  notFound,
  type DataOf,
  type OutputOf,
  type checkInDelegate,
} from '#contracts';
import { UnitOfWork, replayed, type Decided, type PendingRecords } from '#persistence';
import { problemOf } from '../seats/refusal.js';
import type { StopSnapshot } from '../seats/stop-seats.js';
import { keepsDoorOf } from '../stops/stop-access.js';
import { checkIn } from './check-in.js';
import { CheckInRepository } from './check-in.repository.js';
import type { LoadedScans, ScannedDelegate } from './loaded-scans.js';
import type { QueuedCheckIn, QueuedScan, QueuedUndo } from './queued-check-in.js';

/** `null` after a check-in was taken back. */
export type CheckInAnswer = OutputOf<typeof checkInDelegate> | null;

type Door = Pick<StopSnapshot, 'stopId' | 'organizationId' | 'status' | 'startsAt'>;

/** Decides scans at the doors of any stops in one transaction. */
@Injectable()
export class CheckInService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly checkIns: CheckInRepository,
  ) {}

  decide(queued: readonly QueuedCheckIn[]): Promise<Decided<CheckInAnswer>[]> {
    return this.unitOfWork.pipelined(async (sql, recorded) => {
      const loaded = await this.checkIns.load(sql, queued);
      const now = new Date();
      const decided = queued.map(
        (one, index) =>
          replayed<CheckInAnswer>(one.call, loaded.replays[index]) ?? decideOne(recorded, loaded, one, now),
      );
      const changed = loaded.changedDelegates();
      this.checkIns.sendTimes(sql, changed);
      for (const delegate of changed) recorded.emit(checkInChanged, delegate.id, checkInState(delegate));
      return decided;
    });
  }
}

function checkInState({
  id,
  registrationId,
  stopId,
  companyId,
  checkedInAt,
  checkInVersion,
}: ScannedDelegate): DataOf<typeof checkInChanged> {
  return {
    delegateId: id,
    registrationId,
    stopId,
    companyId,
    checkedInAt: checkedInAt && formatInstant(checkedInAt),
    version: checkInVersion,
  };
}

function decideOne(
  recorded: PendingRecords,
  loaded: LoadedScans,
  queued: QueuedCheckIn,
  now: Date,
): Decided<CheckInAnswer> {
  const door = loaded.stops.get(queued.stopId);
  if (door === undefined || !keepsDoorOf(queued.call.caller, door))
    return { ok: false, error: notFound('stop') };
  const delegate = loaded.find(queued.scanned);
  if ('delegateId' in queued.scanned && delegate?.stopId !== door.stopId)
    return { ok: false, error: notFound('delegate') };
  return queued.kind === 'checkIn'
    ? letIn(recorded, loaded, queued, { door, delegate, now })
    : takeBack(recorded, loaded, queued, { door, delegate });
}

interface AtDoor {
  readonly door: Door;
  readonly delegate: ScannedDelegate | undefined;
}

function letIn(
  recorded: PendingRecords,
  loaded: LoadedScans,
  { scanned, at, call }: QueuedScan,
  { door, delegate, now }: AtDoor & { now: Date },
): Decided<CheckInAnswer> {
  const ended = 'badge' in scanned ? loaded.endedBadge(scanned.badge) : null;
  const result = checkIn(door, delegate ?? ended, at, now);
  if (!result.accepted) return { ok: false, error: problemOf(result.refusal) };
  if (delegate === undefined) throw new Error('A badge of nobody was let in.');
  if (result.changed) {
    record(recorded, call, { door, delegate }, 'registration.check_in', result.checkedInAt);
    loaded.setTime(delegate, result.checkedInAt);
  }
  const answer: CheckInAnswer = {
    delegate: { id: delegate.id, name: delegate.name },
    company: { id: delegate.companyId, name: delegate.companyName },
    checkedInAt: formatInstant(result.checkedInAt),
    repeated: result.repeated,
    ...(result.adjusted ? { adjusted: true } : {}),
  };
  // The answer names the delegate, so it must be found again when that one is erased.
  recorded.storeResponse(call, answer, delegate.registrationId);
  return { ok: true, answer };
}

function takeBack(
  recorded: PendingRecords,
  loaded: LoadedScans,
  { call }: QueuedUndo,
  { door, delegate }: AtDoor,
): Decided<CheckInAnswer> {
  if (delegate !== undefined && delegate.checkedInAt !== null) {
    record(recorded, call, { door, delegate }, 'registration.undo_check_in', null);
    loaded.setTime(delegate, null);
  }
  return { ok: true, answer: null };
}

function record(
  recorded: PendingRecords,
  call: QueuedCheckIn['call'],
  { door, delegate }: { door: Door; delegate: ScannedDelegate },
  action: string,
  at: Date | null,
): void {
  const timeOf = (time: Date | null) => ({
    delegateId: delegate.id,
    checkedInAt: time && formatInstant(time),
  });
  recorded.audit(call, {
    resourceType: 'registration',
    resourceId: delegate.registrationId,
    action,
    organizationId: door.organizationId,
    before: timeOf(delegate.checkedInAt),
    after: timeOf(at),
  });
}
