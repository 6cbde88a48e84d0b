import { Injectable } from '@nestjs/common';
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
}
