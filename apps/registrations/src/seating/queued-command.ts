import type { Call, StopState } from '#contracts';
import type { Command } from '../seats/command.js';

/** A command for the seats of one stop, with who sent it, as it waits to be decided. */
export interface QueuedCommand {
  readonly stopId: string;
  readonly command: Command;
  readonly call: Call & { replayed?: boolean };
  /** Why, where the caller said so: for the audit. */
  readonly reason?: string;
  /** With `stopChanged`: the stop's whole state, as the stops service published it. */
  readonly stopState?: StopState;
}

/**
 * Whether deciding it may take long. A newcomer costs the same whatever is at the stop; every other command may need
 * the waiting list, or change it.
 */
export function isLarge({ command }: Pick<QueuedCommand, 'command'>): boolean {
  return command.kind !== 'register';
}
