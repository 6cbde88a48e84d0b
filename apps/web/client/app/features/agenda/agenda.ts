/** A session of the latest release, as far as an agenda needs it. */
export interface AgendaSession {
  readonly id: string;
  readonly startsAt: string;
  readonly endsAt: string;
}

/** Who signed up for what: the delegates' ids by the session's. */
export type SignUps = ReadonlyMap<string, readonly string[]>;

/** The other sessions that a delegate signed up for and that are on at the same time: the API would refuse this one. */
export function overlapsOf<Session extends AgendaSession>(
  session: AgendaSession,
  delegateId: string,
  sessions: readonly Session[],
  signUps: SignUps,
): Session[] {
  return sessions.filter(
    (other) =>
      other.id !== session.id &&
      (signUps.get(other.id) ?? []).includes(delegateId) &&
      Date.parse(other.startsAt) < Date.parse(session.endsAt) &&
      Date.parse(session.startsAt) < Date.parse(other.endsAt),
  );
}

/** The sessions that one delegate, or anybody of the company, signed up for: in order of time. */
export function agendaOf<Session extends AgendaSession>(
  delegateId: string | null,
  sessions: readonly Session[],
  signUps: SignUps,
): Session[] {
  return sessions
    .filter(({ id }) => {
      const ids = signUps.get(id) ?? [];
      return delegateId === null ? ids.length > 0 : ids.includes(delegateId);
    })
    .toSorted((a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt) || (a.id < b.id ? -1 : 1));
}

/** What a change of ticks asks of the API: whom to sign up, and whose sign-up ends. */
export function signUpChanges(
  before: readonly string[],
  after: readonly string[],
): { readonly added: string[]; readonly removed: string[] } {
  return {
    added: after.filter((id) => !before.includes(id)),
    removed: before.filter((id) => !after.includes(id)),
  };
}
