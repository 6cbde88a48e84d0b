import { Injectable } from '@nestjs/common';
import { Problem, notFound, type Registration } from '#contracts';
import {
  UnitOfWork,
  replayed,
  rewriteStoredResponses,
  violatedConstraint,
  type Decided,
  type PendingRecords,
  type PipelinedTransaction,
} from '#persistence';
import { eraseDeparted } from './departed.repository.js';
import type { Erase } from '../seats/command.js';
import { decide } from '../seats/decide.js';
import type { Decision, SeatsState } from '../seats/decision.js';
import { isErased } from '../seats/erase.js';
import { needsWaitingList } from '../seats/load-plan.js';
import { problemOf } from '../seats/refusal.js';
import { registrationView } from '../seats/registration-view.js';
import { withoutDelegates } from '../seats/without-delegates.js';
import type { QueuedCommand } from './queued-command.js';
import { SeatConsequences } from './seat-consequences.service.js';
import { loadSeats, loadWaiting, type LoadedSeats } from './seat-rows.repository.js';
import { sendOutcomes } from './seat-writes.repository.js';
import { groupByStop, type StopBatch } from './stop-batch.js';

/** The answer to a command; `stopChanged` has none. */
export type SeatAnswer = Registration | null;

/** Decides commands of any stops in one transaction: lock their rows, load, decide by the pure rules, save, record. */
@Injectable()
export class SeatingService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly consequences: SeatConsequences,
  ) {}

  /** @param now the time of the decision, where a test brings its own */
  async decide(queued: readonly QueuedCommand[], now?: Date): Promise<Decided<SeatAnswer>[]> {
    try {
      return await this.unitOfWork.pipelined((sql, recorded) =>
        this.decideLocked(sql, recorded, queued, now),
      );
    } catch (error) {
      throw asProblem(error);
    }
  }

  private async decideLocked(
    sql: PipelinedTransaction,
    recorded: PendingRecords,
    queued: readonly QueuedCommand[],
    now?: Date,
  ): Promise<Decided<SeatAnswer>[]> {
    const loaded = await loadSeats(sql, queued);
    const batches = await this.decideStops(sql, loaded, queued, now ?? new Date());
    sendOutcomes(sql, batches);
    for (const batch of batches) await this.consequences.follow(sql, recorded, batch);
    const erased = erasedDelegates(batches);
    if (erased.size > 0) await eraseFromResponses(sql, batches, erased);
    for (const command of acceptedErasures(batches)) eraseDeparted(sql, command);
    const decisions = decisionsOf(batches);
    return queued.map(
      (one, index) =>
        replayed<SeatAnswer>(one.call, loaded.replays[index]) ??
        answer({ recorded, loaded, erased }, one, decisions.get(one)),
    );
  }

  /** The commands that are neither repeated nor about a stop that is not here, decided stop by stop. */
  private async decideStops(
    sql: PipelinedTransaction,
    { stops, replays, delegations, companies, departed }: LoadedSeats,
    queued: readonly QueuedCommand[],
    now: Date,
  ): Promise<StopBatch[]> {
    const groups = groupByStop(queued.filter((_, index) => replays[index] === undefined));
    const open = [...groups].flatMap(([stopId, own]) => {
      const stop = stops.get(stopId);
      const commands = own.map(({ command }) => command);
      return stop === undefined ? [] : [{ stop, own, commands, known: delegations.get(stopId) ?? [] }];
    });
    const waiting = await loadWaiting(
      sql,
      open.flatMap(({ stop, commands, known }) =>
        needsWaitingList(stop, commands, known) ? [stop.stopId] : [],
      ),
    );
    return open.map(({ stop, own, commands, known }) => {
      const state: SeatsState = {
        stop,
        delegations: known,
        waiting: waiting.get(stop.stopId) ?? null,
        standings: companies.standingsWith(stop.organizationId),
        departed,
      };
      return { before: stop, queued: own, outcome: decide(state, commands, now) };
    });
  }
}

function decisionsOf(batches: readonly StopBatch[]): Map<QueuedCommand, Decision> {
  const decisions = new Map<QueuedCommand, Decision>();
  for (const { queued, outcome } of batches) {
    for (const [index, decision] of outcome.decisions.entries()) {
      const one = queued[index];
      if (one !== undefined) decisions.set(one, decision);
    }
  }
  return decisions;
}

/** The delegates of whom nothing is held after the batch, where some of it erased any; those who had left before, too. */
function erasedDelegates(batches: readonly StopBatch[]): ReadonlySet<string> {
  const erasures = acceptedErasures(batches);
  if (erasures.length === 0) return new Set();
  const delegates = batches.flatMap(({ outcome }) => outcome.changes.flatMap(({ after }) => after.delegates));
  const present = new Set(delegates.filter((one) => !isErased(one)).map(({ id }) => id));
  const named = erasures.flatMap(({ delegateId }) => delegateId ?? []);
  const erased = delegates.filter(isErased).map(({ id }) => id);
  return new Set([...erased, ...named].filter((id) => !present.has(id)));
}

function acceptedErasures(batches: readonly StopBatch[]): Erase[] {
  return batches.flatMap(({ queued, outcome }) =>
    queued.flatMap(({ command }, index) =>
      command.kind === 'erase' && outcome.decisions[index]?.accepted === true ? [command] : [],
    ),
  );
}

/** The answers kept for repeated requests hold people, too. */
function eraseFromResponses(
  sql: PipelinedTransaction,
  batches: readonly StopBatch[],
  erased: ReadonlySet<string>,
): Promise<void> {
  const ids = acceptedErasures(batches).map(({ registrationId }) => registrationId);
  return rewriteStoredResponses(sql, ids, (response) => withoutDelegates(response, erased));
}

/** One decision as the answer of its call; an accepted one is kept for repeated requests. */
function answer(
  {
    recorded,
    loaded: { companies, people },
    erased,
  }: { recorded: PendingRecords; loaded: LoadedSeats; erased: ReadonlySet<string> },
  { stopId, call }: QueuedCommand,
  decision: Decision | undefined,
): Decided<SeatAnswer> {
  // Everything about a stop that is here was decided.
  if (decision === undefined) return { ok: false, error: notFound('stop') };
  if (!decision.accepted) return { ok: false, error: problemOf(decision.refusal) };
  const { before, after, waitlistPosition } = decision;
  if (after === null) return { ok: true, answer: null };
  const name = companies.names.get(after.companyId) ?? {};
  const view = registrationView(
    stopId,
    after,
    waitlistPosition,
    name,
    people.warningsFor(stopId, before, after),
  );
  recorded.storeResponse(call, erased.size === 0 ? view : withoutDelegates(view, erased), view.id);
  return { ok: true, answer: view };
}

/** The database holds the two first rules as well; with the row locked, neither of its refusals can come up. */
function asProblem(error: unknown): unknown {
  switch (violatedConstraint(error)) {
    case 'registrations_one_live':
      return new Problem('registration.duplicate', 'The company already has a registration for this stop.');
    case 'stops_never_oversold':
      return new Problem('registration.full', 'Not enough seats are left.');
    default:
      return error;
  }
}
