/** The SQLSTATE of a database error, or undefined for any other. */
export function sqlStateOf(error: unknown): string | undefined {
  const code = (error as { driverError?: { code?: unknown } } | null)?.driverError?.code;
  return typeof code === 'string' ? code : undefined;
}

/** The constraint that a database error names: how a repository learns which rule was broken. */
export function violatedConstraint(error: unknown): string | undefined {
  const driver = (error as { driverError?: { constraint?: unknown } } | null)?.driverError;
  return typeof driver?.constraint === 'string' ? driver.constraint : undefined;
}
