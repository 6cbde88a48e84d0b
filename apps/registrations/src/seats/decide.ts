import { addDelegate, removeDelegate, substituteDelegate } from './amend.js';
import type { Command } from './command.js';
import type { Decision, Outcome, SeatsState } from './decision.js';
import { eraseDelegates } from './erase.js';
import { register } from './register.js';
import { SeatBook } from './seat-book.js';
import { settle } from './settle.js';
import { changeStop } from './stop-change.js';

/**
 * Decides commands for one stop, in the order given, as if each came alone: a batch of many and many batches of one
 * give the same decisions. A refused command leaves no trace. Promotions follow within the command that made them
 * possible. Pure: `now` is the time of the decision for all of them, ids and badges come with the commands.
 */
export function admit(state: SeatsState, commands: readonly Command[], now: Date): Outcome {
  const book = new SeatBook(state);
  const decisions = commands.map((command) => decideOne(book, command, now));
  return {
    decisions,
    stop: book.stop,
    changes: book.changes(),
    promotions: book.promotions(),
    everyLiveCancelled: book.everyLiveCancelled,
  };
}

function decideOne(book: SeatBook, command: Command, now: Date): Decision {
  const before = book.stop;
  const decision = decide(book, command, now);
  if (book.stop !== before) book.stop = { ...book.stop, seatsVersion: before.seatsVersion + 1 };
  return decision;
}

function decide(book: SeatBook, command: Command, now: Date): Decision {
  switch (command.kind) {
    case 'register':
      return register(book, command, now);
    case 'cancel':
    case 'approve':
    case 'decline':
      return settle(book, command, now);
    case 'addDelegate':
      return addDelegate(book, command, now);
    case 'substituteDelegate':
      return substituteDelegate(book, command);
    case 'removeDelegate':
      return removeDelegate(book, command, now);
    case 'erase':
      return eraseDelegates(book, command);
    case 'stopChanged':
      return changeStop(book, command, now);
  }
}
