import { addDelegate, reissueBadge, removeDelegate, substituteDelegate } from './amend.js';
import type { Command } from './command.js';
import type { Decision, Outcome, SeatsState } from './decision.js';
import { eraseDelegates } from './erase.js';
import { register } from './register.js';
import { SeatAllocation } from './seat-allocation.js';
import { changeStatus } from './change-status.js';
import { changeStop } from './stop-change.js';

/**
 * Decides commands for one stop, in the order given, as if each came alone: a batch of many and many batches of one
 * give the same decisions. A refused command leaves no trace. Promotions follow within the command that made them
 * possible. Pure: `now` is the time of the decision for all of them, ids and badges come with the commands.
 */
export function decide(state: SeatsState, commands: readonly Command[], now: Date): Outcome {
  const allocation = new SeatAllocation(state);
  const decisions = commands.map((command) => decideOne(allocation, command, now));
  return {
    decisions,
    stop: allocation.stop,
    changes: allocation.changes(),
    promotions: allocation.promotions(),
    everyLiveCancelled: allocation.everyLiveCancelled,
  };
}

function decideOne(allocation: SeatAllocation, command: Command, now: Date): Decision {
  const before = allocation.stop;
  const decision = apply(allocation, command, now);
  if (allocation.stop !== before)
    allocation.stop = { ...allocation.stop, seatsVersion: before.seatsVersion + 1 };
  return decision;
}

function apply(allocation: SeatAllocation, command: Command, now: Date): Decision {
  switch (command.kind) {
    case 'register':
      return register(allocation, command, now);
    case 'cancel':
    case 'approve':
    case 'decline':
      return changeStatus(allocation, command, now);
    case 'addDelegate':
      return addDelegate(allocation, command, now);
    case 'substituteDelegate':
      return substituteDelegate(allocation, command, now);
    case 'removeDelegate':
      return removeDelegate(allocation, command, now);
    case 'reissueBadge':
      return reissueBadge(allocation, command, now);
    case 'erase':
      return eraseDelegates(allocation, command);
    case 'stopChanged':
      return changeStop(allocation, command, now);
  }
}
