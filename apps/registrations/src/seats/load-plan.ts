import type { Command } from './command.js';
import type { Delegation } from './delegation.js';
import type { StopSeats } from './stop-seats.js';

/** What a transaction must load, once the seat row is locked, before it can decide these commands. */
export interface LoadPlan {
  /** Load the delegations with these ids, in any status. */
  readonly registrationIds: readonly string[];
  /** Load the live delegation of each of these companies at this stop, and their standings with its organization. */
  readonly companyIds: readonly string[];
}

/** Names everything the commands touch; the waiting list is decided on next, by `needsWaitingList`. */
export function loadPlan(commands: readonly Command[]): LoadPlan {
  const registrationIds = new Set<string>();
  const companyIds = new Set<string>();
  for (const command of commands) {
    if (command.kind === 'stopChanged') continue;
    if (command.kind === 'register') companyIds.add(command.companyId);
    else registrationIds.add(command.registrationId);
    if (command.kind === 'addDelegate' && command.by.role === 'company') companyIds.add(command.by.companyId);
  }
  return { registrationIds: [...registrationIds], companyIds: [...companyIds] };
}

/**
 * Whether the waiting list must be loaded. Newcomers never need it, not even when they are duplicates: their place is
 * behind all who are counted. It is needed where seats may come free, and where a waiting delegation's entry changes.
 */
export function needsWaitingList(
  stop: Pick<StopSeats, 'waitingDelegations'>,
  commands: readonly Command[],
  loaded: readonly Pick<Delegation, 'id' | 'status'>[],
): boolean {
  if (stop.waitingDelegations === 0) return false;
  const waiting = new Set(loaded.filter(({ status }) => status === 'waitlisted').map(({ id }) => id));
  return commands.some((command) => touchesQueue(command, waiting));
}

function touchesQueue(command: Command, waiting: ReadonlySet<string>): boolean {
  switch (command.kind) {
    case 'cancel':
    case 'decline':
    case 'removeDelegate':
    case 'stopChanged':
      return true;
    case 'approve':
    case 'addDelegate':
    case 'substituteDelegate':
    case 'reissueBadge':
    case 'erase':
      return waiting.has(command.registrationId);
    case 'register':
      return false;
  }
}
