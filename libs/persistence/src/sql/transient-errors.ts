import { Problem } from '#contracts';
import { sqlStateOf } from './sql-state.js';

/**
 * SQLSTATE classes and codes that say "the database is away or overloaded", not "the statement is wrong":
 * 08 connection, 53 no connection, memory or disk left, 57P0x shutting down or starting, 57014 and 55P03 time-outs,
 * 25P03 and 25P04 idle or long transactions ended, 25006 a standby that takes no writes (yet), 40 conflicts that
 * outlived all repetitions, 58 trouble with the server's own files.
 */
const outageStates = /^(08|53|57P0|57014|55P03|25P03|25P04|25006|40|58)/;
/** What the sockets of Node say. */
const socketCodes = new Set(
  'ECONNREFUSED ECONNRESET EPIPE ETIMEDOUT EHOSTUNREACH ENETUNREACH EHOSTDOWN ENOTFOUND EAI_AGAIN'.split(' '),
);
/** Errors of the driver and its pool that carry no code. */
const outageMessages =
  /ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|Connection terminated|timeout exceeded when trying to connect|timeout expired|Query read timeout|Client has encountered a connection error|Client was closed|not queryable|socket has been ended|after calling end on the pool|No connection available/;

/**
 * TypeORM takes a connection away from its transaction when it is lost between two statements; the next statement then
 * says only that. Here nothing else takes one away: no transaction hands its manager out.
 */
const connectionTaken = new Set([
  'QueryRunnerAlreadyReleasedError',
  'QueryRunnerProviderAlreadyReleasedError',
]);

/** Whether waiting may help: connection lost, server starting or stopping, no connection free, disk full. */
export function isOutage(error: unknown): boolean {
  const state = sqlStateOf(error) ?? codeOf(error);
  if (state !== undefined && (outageStates.test(state) || socketCodes.has(state))) return true;
  if (error instanceof AggregateError) return error.errors.some(isOutage);
  const cause = error instanceof Error ? (error as { driverError?: unknown }).driverError : undefined;
  if (cause instanceof Error && cause !== error) return isOutage(cause);
  return error instanceof Error && (connectionTaken.has(error.name) || outageMessages.test(error.message));
}

/** A driver's own error carries its code itself. Five letters or digits are a SQLSTATE, the rest a socket's. */
function codeOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : undefined;
}

/** The refusal that callers get while the database is away. */
export function databaseUnavailable(): Problem {
  return new Problem(
    'service.unavailable',
    'The database does not answer at the moment. Try again in a moment.',
    {
      retryAfterSeconds: 1,
    },
  );
}
