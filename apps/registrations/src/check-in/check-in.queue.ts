import { Injectable } from '@nestjs/common';
import type { InputOf, OutputOf, checkInDelegate, undoCheckIn } from '#contracts';
import type { CallContext } from '#messaging';
import { CommandQueue, idempotencyKeyOf } from '#persistence';
import { CheckInService, type CheckInAnswer } from './check-in.service.js';
import type { QueuedCheckIn } from './queued-check-in.js';

/** The scans of all doors, decided together. */
@Injectable()
export class CheckInQueue extends CommandQueue<QueuedCheckIn, CheckInAnswer> {
  constructor(checkIns: CheckInService) {
    super({
      decide: (queued) => checkIns.decide(queued),
      groupOf: ({ stopId }) => stopId,
      keyOf: idempotencyKeyOf,
      deadlineOf: ({ call }) => call.deadlineMs,
    });
  }

  checkIn(
    { stopId, body }: InputOf<typeof checkInDelegate>,
    call: CallContext,
  ): Promise<OutputOf<typeof checkInDelegate>> {
    const { badge, delegateId = '', at } = body;
    const scanned = badge === undefined ? { delegateId } : { badge };
    const queued = {
      kind: 'checkIn',
      stopId,
      scanned,
      at: at === undefined ? null : new Date(at),
      call,
    } as const;
    return this.submit(queued) as Promise<OutputOf<typeof checkInDelegate>>;
  }

  undo({ stopId, delegateId }: InputOf<typeof undoCheckIn>, call: CallContext): Promise<null> {
    return this.submit({ kind: 'undo', stopId, scanned: { delegateId }, call }) as Promise<null>;
  }
}
