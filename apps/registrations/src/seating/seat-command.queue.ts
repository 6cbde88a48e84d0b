import { Inject, Injectable } from '@nestjs/common';
import { CommandQueue, idempotencyKeyOf } from '#persistence';
import { CONFIG } from '#service';
import { tracedBatch, type BatchPlan } from '#tracing';
import type { RegistrationsConfig } from '../config.js';
import { seatBatchCommands } from '../metrics.js';
import { isLarge, type QueuedCommand } from './queued-command.js';
import { SeatingService, type SeatAnswer } from './seating.service.js';

/** The one queue of this process, through which every change of seats goes. */
@Injectable()
export class SeatCommandQueue extends CommandQueue<QueuedCommand, SeatAnswer> {
  constructor(seating: SeatingService, @Inject(CONFIG) config: RegistrationsConfig) {
    super({
      decide: tracedBatch(batchSpan, (commands: readonly QueuedCommand[]) => {
        seatBatchCommands.observe(commands.length);
        return seating.decide(commands);
      }),
      groupOf: ({ stopId }) => stopId,
      keyOf: idempotencyKeyOf,
      deadlineOf: ({ call }) => call.deadlineMs,
      isLarge,
      batching: config.REGISTRATION_BATCHING !== 'off',
    });
  }
}

/** What the spans of a batch say: one transaction decides the commands of many requests. */
function batchSpan(commands: readonly QueuedCommand[]): BatchPlan {
  const stopIds = new Set(commands.map(({ stopId }) => stopId));
  const [stopId] = stopIds;
  return {
    name: 'decide seats',
    attributes: {
      'waystop.batch_stops': stopIds.size,
      'waystop.batch_orders': commands.length,
      ...(stopIds.size === 1 && stopId !== undefined ? { 'waystop.stop_id': stopId } : {}),
    },
    parents: commands.map(({ call }) => call.traceparent),
  };
}
