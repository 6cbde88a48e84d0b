/** A delegate's sign-up for a session. */
export interface SignUpPair {
  readonly sessionId: string;
  readonly delegateId: string;
}

/** As the event has them: each session once, in the order of the ids. */
export function bySession(pairs: readonly SignUpPair[]): { sessionId: string; delegateIds: string[] }[] {
  const sessions = Map.groupBy(pairs, ({ sessionId }) => sessionId);
  return [...sessions.keys()].toSorted().map((sessionId) => ({
    sessionId,
    delegateIds: (sessions.get(sessionId) ?? []).map(({ delegateId }) => delegateId).toSorted(),
  }));
}
