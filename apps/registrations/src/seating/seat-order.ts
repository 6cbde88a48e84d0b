import type { Call, StopState } from '#contracts';
import type { Command } from '../seats/command.js';

/** A command with who sent it, as it waits to be decided. */
export interface SeatOrder {
  readonly command: Command;
  readonly call: Call & { replayed?: boolean };
  /** Why, where the caller said so: for the audit. */
  readonly reason?: string;
  /** With `stopChanged`: the whole of what the stops service told. */
  readonly stopState?: StopState;
}

/** Orders with equal keys wait for each other, so that the second finds the answer of the first. */
export function orderKey({ call }: SeatOrder): string | undefined {
  return call.idempotency && `${call.idempotency.scope}\n${call.idempotency.key}`;
}
