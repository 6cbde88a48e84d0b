import { Injectable } from '@nestjs/common';
import { Problem, notFound, registrationChanged, type Registration } from '#contracts';
import {
  UnitOfWork,
  findReplays,
  rewriteStoredResponses,
  violatedConstraint,
  type PipelinedTransaction,
  type PendingRecords,
} from '#persistence';
import type { Refusal } from '../seats/refusal.js';
import type { Command } from '../seats/command.js';
import type { Accepted, Decision, Outcome } from '../seats/decision.js';
import { isErased } from '../seats/erase.js';
import { loadPlan, needsWaitingList } from '../seats/load-plan.js';
import { registrationView } from '../seats/registration-view.js';
import type { Settlement } from './seat-desk.js';
import type { SeatOrder } from './seat-order.js';
import {
  auditsOf,
  cancelledWithStop,
  endedSignUpAudits,
  statesOf,
  stopCancelledAudit,
  type EndedSignUp,
  type SeatAudit,
} from './seat-records.js';
import {
  loadCompanies,
  loadDelegations,
  loadWaiting,
  lockStop,
  type LoadedCompanies,
} from './seat-rows.repository.js';
import {
  cancelEveryLive,
  freeSignUps,
  freeSignUpsOf,
  sendOutcome,
  writeRooms,
} from './seat-writes.repository.js';
import { decide } from '../seats/decide.js';
import { withoutDelegates } from '../seats/without-delegates.js';
import type { StopSeats } from '../seats/stop-seats.js';

/** The answer to an order; `stopChanged` has none. */
export type SeatAnswer = Registration | null;
type Settled = Settlement<SeatAnswer>;

/** Decides orders of one stop in one transaction: lock its row, load, decide by the pure rules, save, record. */
@Injectable()
export class SeatsRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @param now the time of the decision, where a test brings its own */
  async decide(stopId: string, orders: readonly SeatOrder[], now?: Date): Promise<Settled[]> {
    try {
      return await this.unitOfWork.pipelined((sql, recorded) =>
        this.decideLocked(sql, recorded, stopId, orders, now),
      );
    } catch (error) {
      throw asProblem(error);
    }
  }

  private async decideLocked(
    sql: PipelinedTransaction,
    recorded: PendingRecords,
    stopId: string,
    orders: readonly SeatOrder[],
    now?: Date,
  ): Promise<Settled[]> {
    const stop = await lockStop(sql, stopId);
    if (stop === undefined) throw notFound('stop');
    const plan = loadPlan(orders.map(({ command }) => command));
    const [replays, delegations, companies] = await Promise.all([
      findReplays(
        sql,
        orders.map(({ call }) => call),
      ),
      loadDelegations(sql, stopId, plan),
      loadCompanies(sql, stop.organizationId, plan),
    ]);
    const open = orders.filter((_, index) => replays[index] === undefined);
    const commands = open.map(({ command }) => command);
    const waiting = needsWaitingList(stop, commands, delegations) ? await loadWaiting(sql, stopId) : null;
    const state = { stop, delegations, waiting, standings: companies.standings };
    const outcome = decide(state, commands, now ?? new Date());
    await this.save(sql, recorded, stop, open, outcome);
    const gone = erasedDelegates(outcome, commands);
    if (gone.size > 0) await eraseFromAnswers(sql, outcome, gone);
    const decided = open.map((order, index) =>
      settle({ recorded, stopId, companies, gone }, order, outcome.decisions[index]),
    );
    const answers = decided[Symbol.iterator]();
    return orders.map((order, index) => replayed(order, replays[index]) ?? next(answers));
  }

  private async save(
    sql: PipelinedTransaction,
    recorded: PendingRecords,
    before: StopSeats,
    orders: readonly SeatOrder[],
    outcome: Outcome,
  ): Promise<void> {
    const { stopId, organizationId } = before;
    const record = (order: SeatOrder, { registrationId, ...line }: SeatAudit) =>
      recorded.audit(order.call, {
        resourceType: 'registration',
        resourceId: registrationId,
        organizationId,
        ...line,
      });
    sendOutcome(sql, before, outcome, highestCapacity(before, orders));
    for (const state of statesOf(stopId, outcome))
      recorded.emit(registrationChanged, state.registrationId, state);
    for (const [index, order] of orders.entries()) {
      const decision = outcome.decisions[index];
      if (decision?.accepted !== true) continue;
      for (const line of auditsOf(stopId, order.command, decision, order.reason)) record(order, line);
    }
    const follow = orders.find(
      ({ stopState }) =>
        stopState !== undefined &&
        stopState.version === outcome.stop.stopVersion &&
        stopState.version > before.stopVersion,
    );
    if (follow?.stopState !== undefined) await writeRooms(sql, follow.stopState);
    if (outcome.everyLiveCancelled && follow !== undefined) {
      const ended = await this.cancelEveryLive(sql, recorded, stopId, outcome, (line) =>
        record(follow, line),
      );
      for (const line of endedSignUpAudits(ended)) record(follow, line);
    }
    const unseatedBy = unseatedDelegates(orders, outcome);
    if (unseatedBy.size === 0) return;
    const ended = await freeSignUps(sql, [...unseatedBy.keys()]);
    for (const order of new Set(unseatedBy.values())) {
      const own = ended.filter(({ delegateId }) => unseatedBy.get(delegateId) === order);
      for (const line of endedSignUpAudits(own)) record(order, line);
    }
  }

  /** The stop is cancelled: whoever the batch did not name is cancelled here. */
  private async cancelEveryLive(
    sql: PipelinedTransaction,
    recorded: PendingRecords,
    stopId: string,
    outcome: Outcome,
    record: (line: SeatAudit) => void,
  ): Promise<EndedSignUp[]> {
    for (const row of cancelledWithStop(outcome)) record(stopCancelledAudit(stopId, row));
    const rows = await cancelEveryLive(sql, stopId);
    for (const row of rows) {
      const { id, companyId, seats, version } = row;
      recorded.emit(registrationChanged, id, {
        registrationId: id,
        stopId,
        companyId,
        status: 'cancelled',
        seats,
        version,
      });
      record(stopCancelledAudit(stopId, row));
    }
    const named = outcome.changes.map(({ after }) => after.id);
    return freeSignUpsOf(sql, [...named, ...rows.map(({ id }) => id)]);
  }
}

/** The delegates who lost their seats, and the order by which each of them did. */
function unseatedDelegates(orders: readonly SeatOrder[], { decisions }: Outcome): Map<string, SeatOrder> {
  const unseated = new Map<string, SeatOrder>();
  for (const [index, order] of orders.entries()) {
    const decision = decisions[index];
    if (decision?.accepted !== true) continue;
    for (const id of decision.unseatedDelegateIds) unseated.set(id, order);
  }
  return unseated;
}

/** The delegates of whom nothing is held after the batch, where some of it erased any. */
function erasedDelegates(outcome: Outcome, commands: readonly Command[]): ReadonlySet<string> {
  if (commands.every(({ kind }) => kind !== 'erase')) return new Set();
  const delegates = outcome.changes.flatMap(({ after }) => after.delegates);
  return new Set(delegates.filter(isErased).map(({ id }) => id));
}

/** The answers kept for repeated requests hold people, too. */
function eraseFromAnswers(
  sql: PipelinedTransaction,
  outcome: Outcome,
  gone: ReadonlySet<string>,
): Promise<void> {
  const registrationIds = outcome.changes.map(({ after }) => after.id);
  return rewriteStoredResponses(sql, registrationIds, (answer) => withoutDelegates(answer, gone));
}

/** Seats are held against the capacity at their own decision, and one batch may raise and lower it. */
function highestCapacity(before: StopSeats, orders: readonly SeatOrder[]): number {
  const changed = orders.flatMap(({ command }) =>
    command.kind === 'stopChanged' ? [command.stop.capacity] : [],
  );
  return Math.max(before.capacity, ...changed);
}

/** One decision as the answer of its call; an accepted one is kept for repeated requests. */
function settle(
  {
    recorded,
    stopId,
    companies,
    gone,
  }: {
    recorded: PendingRecords;
    stopId: string;
    companies: LoadedCompanies;
    gone: ReadonlySet<string>;
  },
  { call }: SeatOrder,
  decision: Decision | undefined,
): Settled {
  if (decision === undefined) throw new Error('A command was left undecided.');
  if (!decision.accepted) return { ok: false, error: problemOf(decision.refusal) };
  const answer = answerOf(stopId, companies, decision);
  const kept = gone.size === 0 ? answer : withoutDelegates(answer, gone);
  recorded.storeResponse(call, kept, answer?.id ?? null);
  return { ok: true, answer };
}

function answerOf(
  stopId: string,
  companies: LoadedCompanies,
  { after, waitlistPosition }: Accepted,
): SeatAnswer {
  if (after === null) return null;
  return registrationView(stopId, after, waitlistPosition, companies.names.get(after.companyId) ?? {});
}

function replayed(
  { call }: SeatOrder,
  replay: { answer: unknown } | Problem | undefined,
): Settled | undefined {
  if (replay === undefined) return undefined;
  if (replay instanceof Problem) return { ok: false, error: replay };
  call.replayed = true;
  return { ok: true, answer: replay.answer as SeatAnswer };
}

function next(answers: Iterator<Settled>): Settled {
  const { value, done } = answers.next();
  if (done === true) throw new Error('A command was left undecided.');
  return value;
}

function problemOf({ code, detail, errors }: Refusal): Problem {
  return new Problem(code, detail, errors === undefined ? {} : { errors: [...errors] });
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
