import { Injectable } from '@nestjs/common';
import { registrationChanged } from '#contracts';
import type { PendingRecords, PipelinedTransaction } from '#persistence';
import type { QueuedCommand } from './queued-command.js';
import {
  auditsOf,
  cancelledWithStop,
  endedSignUpAudits,
  statesOf,
  stopCancelledAudit,
  type SeatAudit,
} from './seat-records.js';
import { cancelEveryLive, endSignUps, endSignUpsOf, writeRooms } from './stop-follow.repository.js';
import type { StopBatch } from './stop-batch.js';

/** What follows from decisions beside the rows of seats: events, audit, rooms, and the sign-ups of who lost a seat. */
@Injectable()
export class SeatConsequences {
  async follow(sql: PipelinedTransaction, recorded: PendingRecords, batch: StopBatch): Promise<void> {
    this.record(recorded, batch);
    await this.followStop(sql, recorded, batch);
    await this.endSignUps(sql, recorded, batch);
  }

  private record(recorded: PendingRecords, { before, queued, outcome }: StopBatch): void {
    for (const state of statesOf(before.stopId, outcome))
      recorded.emit(registrationChanged, state.registrationId, state);
    for (const [index, one] of queued.entries()) {
      const decision = outcome.decisions[index];
      if (decision?.accepted !== true) continue;
      for (const line of auditsOf(before.stopId, one.command, decision, one.reason))
        audit(recorded, before.organizationId, one, line);
    }
  }

  /** Takes over the rooms of a newer stop; cancels everybody where it was cancelled. */
  private async followStop(
    sql: PipelinedTransaction,
    recorded: PendingRecords,
    { before, queued, outcome }: StopBatch,
  ): Promise<void> {
    const { stopVersion } = outcome.stop;
    if (stopVersion <= before.stopVersion) return;
    const newest = queued.find(({ stopState }) => stopState?.version === stopVersion);
    if (newest?.stopState === undefined) return;
    await writeRooms(sql, newest.stopState);
    if (outcome.everyLiveCancelled)
      await this.cancelEveryLive(sql, recorded, { before, queued, outcome }, newest);
  }

  /** The stop is cancelled: everybody whom the batch did not name is cancelled here. */
  private async cancelEveryLive(
    sql: PipelinedTransaction,
    recorded: PendingRecords,
    { before: { stopId, organizationId }, outcome }: StopBatch,
    by: QueuedCommand,
  ): Promise<void> {
    const record = (line: SeatAudit) => audit(recorded, organizationId, by, line);
    for (const row of cancelledWithStop(outcome)) record(stopCancelledAudit(stopId, row));
    const rows = await cancelEveryLive(sql, stopId, by.stopState?.cancelReason ?? null);
    for (const row of rows) {
      const { id, companyId, seats, version } = row;
      const state = { registrationId: id, stopId, companyId, status: 'cancelled', seats, version } as const;
      recorded.emit(registrationChanged, id, state);
      record(stopCancelledAudit(stopId, row));
    }
    const named = outcome.changes.map(({ after }) => after.id);
    const ended = await endSignUpsOf(sql, [...named, ...rows.map(({ id }) => id)]);
    for (const line of endedSignUpAudits(ended)) record(line);
  }

  private async endSignUps(
    sql: PipelinedTransaction,
    recorded: PendingRecords,
    { before, queued, outcome }: StopBatch,
  ): Promise<void> {
    const unseatedBy = new Map<string, QueuedCommand>();
    for (const [index, one] of queued.entries()) {
      const decision = outcome.decisions[index];
      if (decision?.accepted !== true) continue;
      for (const id of decision.unseatedDelegateIds) unseatedBy.set(id, one);
    }
    if (unseatedBy.size === 0) return;
    const ended = await endSignUps(sql, [...unseatedBy.keys()]);
    for (const by of new Set(unseatedBy.values())) {
      const own = ended.filter(({ delegateId }) => unseatedBy.get(delegateId) === by);
      for (const line of endedSignUpAudits(own)) audit(recorded, before.organizationId, by, line);
    }
  }
}

function audit(
  recorded: PendingRecords,
  organizationId: string,
  { call }: QueuedCommand,
  { registrationId, ...line }: SeatAudit,
): void {
  recorded.audit(call, { resourceType: 'registration', resourceId: registrationId, organizationId, ...line });
}
