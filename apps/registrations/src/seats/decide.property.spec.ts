import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Command } from './command.js';
import type { Decision, Outcome } from './decision.js';
import type { Delegation } from './delegation.js';
import { decide } from './decide.js';
import { commandOf, histories, type History, standings } from './testing/seats.arbitraries.js';
import { SeatsInMemory } from './testing/in-memory-seats.js';
import { type ModelDelegation, SeatsModel } from './testing/seats.model.js';
import { freeSeats, untouchedSeats } from './stop-seats.js';

type Decide = typeof decide;
type Batch = { now: Date; commands: Command[] };

/** The model's answers to a history, its view of the stop after each batch, and the commands that the steps became. */
function playModel(history: History): { batches: Batch[]; answers: string[]; views: string[] } {
  const model = new SeatsModel(history.stop, standings);
  const answers: string[] = [];
  const views: string[] = [];
  const batches = history.batches.map(({ now, steps }) => {
    const commands = steps.map((step) => {
      const command = commandOf(step, model, answers.length);
      answers.push(JSON.stringify(model.do(command, now)));
      return command;
    });
    views.push(viewOfModel(model));
    return { now, commands };
  });
  return { batches, answers, views };
}

/** The same commands decided by `decide`, with all that is stored in between loaded and saved anew. */
function playSeats(history: History, batches: readonly Batch[], decide: Decide) {
  const store = new SeatsInMemory({ ...history.stop, ...untouchedSeats }, standings);
  const decisions: Decision[] = [];
  const views = batches.map(({ now, commands }) => {
    const outcome = decide(store.load(commands), commands, now);
    store.save(outcome);
    decisions.push(...outcome.decisions);
    return viewOfStore(store);
  });
  return { decisions, views, stop: store.stop };
}

function viewOfModel(model: SeatsModel): string {
  const waiting = model.with('waitlisted');
  const passedOver = waiting.filter(({ people }) => people.length > model.stop.capacity);
  const seats = [model.seats('confirmed'), model.seats('pending'), model.seats('waitlisted')];
  const all = model.all.map((one) => [{ ...one }, model.position(one)]);
  return JSON.stringify([...seats, waiting.length, passedOver.length, all]);
}

function viewOfStore(store: SeatsInMemory): string {
  const { confirmedSeats, pendingSeats, waitlistedSeats, waitingDelegations, passedOverDelegations } =
    store.stop;
  const queue = store.queue().map(({ id }) => id);
  const all = [...store.rows.values()].map((row) => [shown(row), queue.indexOf(row.id) + 1 || null]);
  const seats = [confirmedSeats, pendingSeats, waitlistedSeats];
  return JSON.stringify([...seats, waitingDelegations, passedOverDelegations, all]);
}

function shown({ id, companyId, delegates, version, status }: Delegation): ModelDelegation {
  const people = delegates.map((one) => ({ id: one.id, name: one.name, email: one.email, badge: one.badge }));
  return { id, companyId, people, version, status };
}

function answerOf(decision: Decision): string {
  if (!decision.accepted) return JSON.stringify({ code: decision.refusal.code });
  const { after, waitlistPosition } = decision;
  return JSON.stringify({ shown: after === null ? null : shown(after), position: waitlistPosition });
}

/** Every answer, every counter and every position of one history: one by one, in batches, and in the model. */
function compareAll(history: History, decide: Decide): void {
  const model = playModel(history);
  const single = model.batches.flatMap(({ now, commands }) =>
    commands.map((one) => ({ now, commands: [one] })),
  );
  const alone = playSeats(history, single, decide);
  const batched = playSeats(history, model.batches, decide);
  expect(alone.decisions.map(answerOf)).toEqual(model.answers);
  expect(batched.views).toEqual(model.views);
  expect(JSON.stringify(batched)).toEqual(JSON.stringify({ ...alone, views: batched.views }));
}

const property = (decide: Decide) => fc.property(histories, (history) => compareAll(history, decide));

describe('decide', () => {
  it('answers and counts like the plain model, one by one and in batches', () => {
    fc.assert(property(decide), { numRuns: 2_000 });
  });

  it('is asked everything: the histories reach each refusal, each status, promotions and long queues', () => {
    const seen = new Set<string>();
    for (const history of fc.sample(histories, { numRuns: 2_000, seed: 1 })) {
      const { batches } = playModel(history);
      for (const decision of playSeats(history, batches, decide).decisions)
        marksOf(decision).forEach((mark) => seen.add(mark));
    }
    expect([...seen].sort()).toEqual(everyMark);
  });

  it('never gives away a seat beyond the capacity of the moment', () => {
    const check = fc.property(histories, (history) => {
      const store = new SeatsInMemory({ ...history.stop, ...untouchedSeats }, standings);
      for (const { now, commands } of playModel(history).batches.flatMap(onePerBatch)) {
        const before = freeSeats(store.stop);
        const { capacity } = store.stop;
        store.save(decide(store.load(commands), commands, now));
        const gaveSome = store.stop.capacity === capacity && freeSeats(store.stop) < before;
        if (gaveSome) expect(freeSeats(store.stop)).toBeGreaterThanOrEqual(0);
      }
    });
    fc.assert(check, { numRuns: 500 });
  });
});

function marksOf(decision: Decision): string[] {
  if (!decision.accepted) return [decision.refusal.code];
  const { after, promotions, waitlistPosition } = decision;
  const several = promotions.length > 1 ? ['several promoted'] : [];
  const queued = waitlistPosition !== null && waitlistPosition > 2 ? ['third in the queue'] : [];
  return [
    after?.status ?? 'stop',
    ...promotions.map(({ status }) => `promoted: ${status}`),
    ...several,
    ...queued,
  ];
}

const everyMark = [
  'auth.forbidden',
  'cancelled',
  'company.suspended',
  'company.unverified',
  'confirmed',
  'declined',
  'pending',
  'precondition.failed',
  'promoted: confirmed',
  'promoted: pending',
  'registration.closed',
  'registration.duplicate',
  'registration.frozen',
  'registration.full',
  'registration.invalid_transition',
  'registration.last_delegate',
  'registration.not_open',
  'registration.too_many_delegates',
  'request.invalid',
  'resource.not_found',
  'several promoted',
  'stop',
  'stop.cancelled',
  'third in the queue',
  'waitlisted',
];

const onePerBatch = ({ now, commands }: Batch): Batch[] => commands.map((one) => ({ now, commands: [one] }));

/** Each variant breaks one rule. A property that lets one of them pass would prove nothing about that rule. */
const broken: Record<string, Decide> = {
  'lets newcomers pass those who wait': (state, commands, now) => {
    const outcome = decide({ ...state, stop: { ...state.stop, waitlistPolicy: 'first_fit' } }, commands, now);
    return { ...outcome, stop: { ...outcome.stop, waitlistPolicy: state.stop.waitlistPolicy } };
  },
  'sells one seat too many': (state, commands, now) => {
    const outcome = decide(
      { ...state, stop: { ...state.stop, capacity: state.stop.capacity + 1 } },
      commands,
      now,
    );
    return { ...outcome, stop: { ...outcome.stop, capacity: outcome.stop.capacity - 1 } };
  },
  'forgets to promote': (state, commands, now) => {
    const outcome = decide({ ...state, stop: { ...state.stop, endsAt: new Date(0) } }, commands, now);
    return { ...outcome, stop: { ...outcome.stop, endsAt: state.stop.endsAt } };
  },
  'lets a large delegation block the list': (state, commands, now) =>
    decide({ ...state, stop: { ...state.stop, passedOverDelegations: 0 } }, commands, now),
  'ignores If-Match': (state, commands, now) =>
    decide(
      state,
      commands.map((one) => ('ifMatch' in one ? { ...one, ifMatch: undefined } : one)),
      now,
    ),
  'does not know the company is already there': (state, commands, now) => {
    const named = new Set(commands.flatMap((one) => ('by' in one ? [one.registrationId] : [])));
    return decide(
      { ...state, delegations: state.delegations.filter(({ id }) => named.has(id)) },
      commands,
      now,
    );
  },
  'does not know standings': (state, commands, now) =>
    decide({ ...state, standings: new Map() }, commands, now),
  'closes a minute late': (state, commands, now) => decide(state, commands, new Date(now.getTime() - 60_000)),
  'decides a batch from its end': (state, commands, now) => {
    const outcome = decide(state, [...commands].reverse(), now);
    return { ...outcome, decisions: [...outcome.decisions].reverse() };
  },
  'disturbs a batch by its refusals': (state, commands, now) => {
    const outcome = decide(state, commands, now);
    return outcome.decisions.every(({ accepted }) => accepted)
      ? outcome
      : withoutEffects(outcome, state.stop);
  },
};

function withoutEffects(outcome: Outcome, stop: Outcome['stop']): Outcome {
  return { ...outcome, stop, changes: [], promotions: [], everyLiveCancelled: false };
}

describe('the comparison with the model', () => {
  it.each(Object.entries(broken))('catches a variant that %s', (_, decide) => {
    const { failed, errorInstance } = fc.check(property(decide), {
      numRuns: 5_000,
      seed: 1,
      endOnFailure: true,
    });
    expect(failed).toBe(true);
    // A crash would be caught too, but would not show that the comparison sees the difference.
    expect(errorInstance).toHaveProperty('matcherResult');
  });
});
