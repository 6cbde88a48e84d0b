/** Members that say something of a person, or let somebody in; however they are spelt in upper and lower case. */
const personal = new Set(
  'name email mobile contact jobtitle note comment badge apikey authorization password token secret'.split(
    ' ',
  ),
);
const redacted = '[Redacted]';
/** Nothing that is logged on purpose is deeper; what is gets cut, too. */
const maxDepth = 8;

/** A copy of what is to be logged, without what is personal or secret, however deep it stands. */
export function withoutPersonalData(fields: Record<string, unknown>): Record<string, unknown> {
  return copied(fields, 0) as Record<string, unknown>;
}

function copied(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Error || value instanceof Date)
    return value;
  if (depth > maxDepth) return redacted;
  if (Array.isArray(value)) return value.map((one) => copied(one, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      key,
      personal.has(key.toLowerCase()) ? redacted : copied(one, depth + 1),
    ]),
  );
}

/**
 * What is shown of an error: no other members, since the database's own ones quote the row (`detail`) and the values
 * that were sent (`parameters`).
 */
export function serializeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: String(error) };
  const { code } = error as { code?: unknown };
  return {
    type: error.constructor.name,
    message: error.message,
    ...(typeof code === 'string' ? { code } : {}),
    stack: error.stack,
    ...(error.cause === undefined ? {} : { cause: serializeError(error.cause) }),
  };
}
