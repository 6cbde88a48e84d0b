import { Problem } from '#contracts';
import { sqlStateOf } from './writes.js';

/** SQLSTATE classes and codes that say "the database is away or overloaded", not "the statement is wrong". */
const outageStates = /^(08|53|57P0|57014|25P03)/;
const outageMessages =
  /ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|not queryable/;

/** Whether waiting may help: connection lost, server starting or stopping, no connection free, disk full. */
export function isOutage(error: unknown): boolean {
  const state = sqlStateOf(error);
  if (state !== undefined) return outageStates.test(state);
  return error instanceof Error && outageMessages.test(error.message);
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
