import { Injectable } from '@nestjs/common';
import { checkInChanged, registrationChanged } from '#contracts';
import type { PendingRecords, PipelinedTransaction } from '#persistence';
import { delegateChanges } from '../seats/delegation.js';
import { recordSignUps } from './remaining-sign-ups.repository.js';
import type { QueuedCommand } from './queued-command.js';
import {
  auditsOf,
  cancelledWithStop,
  endedSignUpAudits,
  registrationState,
  statesOf,
  stopCancelledAudit,
  type SeatAudit,
} from './seat-records.js';
import { clearCheckIns, loadDelegateIds } from './delegate-follow.repository.js';
import { cancelEveryLive, endSignUps, endSignUpsOf, writeRooms } from './stop-follow.repository.js';
import type { StopBatch } from './stop-batch.js';

/** What follows from decisions beside the rows of seats: events, audit, rooms, and the sign-ups of who lost a seat. */
@Injectable()
export class SeatConsequences {
  async follow(sql: PipelinedTransaction, recorded: PendingRecords, batch: StopBatch): Promise<void> {
    const promotedIds = batch.outcome.promotions.map(({ id }) => id);
    this.record(recorded, batch, await loadDelegateIds(sql, promotedIds));
    await this.clearCheckIns(sql, recorded, batch);
    await this.followStop(sql, recorded, batch);
    await this.endSignUps(sql, recorded, batch);
  }

  private record(
    recorded: PendingRecords,
    { before, queued, outcome }: StopBatch,
    unloaded: ReadonlyMap<string, readonly string[]>,
  ): void {
    for (const state of statesOf(before.stopId, outcome, unloaded))
      recorded.emit(registrationChanged, state.registrationId, state);
    for (const [index, one] of queued.entries()) {
      const decision = outcome.decisions[index];
      if (decision?.accepted !== true) continue;
      for (const line of auditsOf(before.stopId, one.command, decision, one.reason))
        audit(recorded, before.organizationId, one, line);
    }
  }

  /** The check-in belongs to the person: somebody else on the seat has none yet. */
  private async clearCheckIns(
    sql: PipelinedTransaction,
    recorded: PendingRecords,
    { outcome }: StopBatch,
  ): Promise<void> {
    const newPersons = outcome.changes.flatMap(({ before, after }) =>
      before === null ? [] : [...delegateChanges(before, after).newPersonIds],
    );
    for (const state of await clearCheckIns(sql, newPersons))
      recorded.emit(checkInChanged, state.delegateId, state);
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
    const ids = rows.map(({ id }) => id);
    const delegateIds = await loadDelegateIds(sql, ids);
    for (const row of rows) {
      const cancelled = { ...row, status: 'cancelled', delegateIds: delegateIds.get(row.id) ?? [] } as const;
      recorded.emit(registrationChanged, row.id, registrationState(stopId, cancelled));
      record(stopCancelledAudit(stopId, row));
    }
    const named = outcome.changes.map(({ after }) => after.id);
    const ended = await endSignUpsOf(sql, [...named, ...ids]);
    for (const line of endedSignUpAudits(ended)) record(line);
    await recordSignUps(sql, recorded, ended);
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
    await recordSignUps(sql, recorded, ended);
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
