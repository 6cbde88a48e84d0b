/** What sessions and answers about them show of a speaker. */
type Speaker = Record<string, unknown> & { name: string };

/** A session, stored or shown, whose speakers can't be reached or recognized by it any more. Their names are public. */
export function withoutContacts<S extends { speakers: readonly unknown[] }>(session: S): S {
  return { ...session, speakers: session.speakers.map((one) => withoutContact(one as Speaker)) };
}

/** An answer kept for a repeated request, likewise. */
export function responseWithoutContacts(answer: unknown): unknown {
  const speakers = (answer as { speakers?: unknown } | null)?.speakers;
  return Array.isArray(speakers) ? withoutContacts(answer as { speakers: unknown[] }) : answer;
}

function withoutContact(speaker: Speaker): Speaker {
  const { personKey: _, ...kept } = speaker;
  return 'email' in kept ? { ...kept, email: null, language: null } : kept;
}

/** Whether something of a speaker is left that goes. */
export function hasContacts({
  speakers,
}: {
  speakers: readonly { email: string | null; personKey?: unknown }[];
}): boolean {
  return speakers.some(({ email, personKey }) => email !== null || (personKey ?? null) !== null);
}
