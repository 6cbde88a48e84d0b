import { Injectable } from '@nestjs/common';
import { formatInstant, notFound, type OutputOf, type checkInDelegate } from '#contracts';
import { UnitOfWork, replayed, type Decided, type PendingRecords } from '#persistence';
import { problemOf } from '../seats/refusal.js';
import { keepsDoorOf } from '../stops/stop-access.js';
import { checkIn } from './check-in.js';
import { CheckInRepository } from './check-in.repository.js';
import type { LoadedScans, ScannedDelegate } from './loaded-scans.js';
import type { QueuedCheckIn } from './queued-check-in.js';

export type CheckInAnswer = OutputOf<typeof checkInDelegate>;

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
      this.checkIns.sendTimes(sql, loaded.changedTimes());
      return decided;
    });
  }
}

function decideOne(
  recorded: PendingRecords,
  loaded: LoadedScans,
  { stopId, badge, at, call }: QueuedCheckIn,
  now: Date,
): Decided<CheckInAnswer> {
  const door = loaded.stops.get(stopId);
  if (door === undefined || !keepsDoorOf(call.caller, door)) return { ok: false, error: notFound('stop') };
  const delegate = loaded.ofBadge(badge);
  const result = checkIn(door, delegate ?? loaded.endedBadge(badge), at, now);
  if (!result.accepted) return { ok: false, error: problemOf(result.refusal) };
  if (delegate === undefined) throw new Error('A badge of nobody was let in.');
  if (result.changed) {
    record(recorded, call, door.organizationId, delegate, result.checkedInAt);
    loaded.checkIn(delegate, result.checkedInAt);
  }
  const answer: CheckInAnswer = {
    delegate: { id: delegate.id, name: delegate.name },
    company: { id: delegate.companyId, name: delegate.companyName },
    checkedInAt: formatInstant(result.checkedInAt),
    repeated: result.repeated,
  };
  // The answer names the delegate, so it must be found again when that one is erased.
  recorded.storeResponse(call, answer, delegate.registrationId);
  return { ok: true, answer };
}

function record(
  recorded: PendingRecords,
  call: QueuedCheckIn['call'],
  organizationId: string,
  { id, registrationId, checkedInAt }: ScannedDelegate,
  at: Date,
): void {
  const timeOf = (time: Date | null) => ({ delegateId: id, checkedInAt: time && formatInstant(time) });
  recorded.audit(call, {
    resourceType: 'registration',
    resourceId: registrationId,
    action: 'registration.check_in',
    organizationId,
    before: timeOf(checkedInAt),
    after: timeOf(at),
  });
}
