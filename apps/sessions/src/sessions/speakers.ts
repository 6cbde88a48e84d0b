import type { InputOf, proposeSession } from '#contracts';

/** A speaker as stored. `personKey` identifies an imported one without an e-mail address. */
export type StoredSpeaker = {
  name: string;
  email: string | null;
  personKey?: string | null;
  organization: string | null;
  jobTitle: string | null;
};

type SpeakerDraft = InputOf<typeof proposeSession>['body']['speakers'][number];
type WithSpeakers = { readonly speakers: readonly StoredSpeaker[] };

export function speakersOf(drafts: readonly SpeakerDraft[]): StoredSpeaker[] {
  return drafts.map(({ name, email, organization, jobTitle }) => ({
    name,
    email,
    organization: organization ?? null,
    jobTitle: jobTitle ?? null,
  }));
}

/** Identifies a speaker across all stops of an organization: by e-mail, or by the person id of an imported schedule. */
export function speakerKey(speaker: { email: string } | { personKey: string }): string {
  if ('email' in speaker) return speaker.email.normalize('NFC').trim().toLowerCase();
  // No e-mail address contains a bare colon before its at sign, so the two kinds never meet.
  return `person:${speaker.personKey}`;
}

/** The keys of the session's speakers. */
export function speakerKeys(session: WithSpeakers): string[] {
  return session.speakers.flatMap(keyOf);
}

/** The name that this session has for the speaker with a key. */
export function speakerNamed(session: WithSpeakers, key: string): string {
  return session.speakers.find((speaker) => keyOf(speaker).includes(key))?.name ?? '';
}

function keyOf({ email, personKey }: StoredSpeaker): string[] {
  if (email !== null) return [speakerKey({ email })];
  return personKey === null || personKey === undefined ? [] : [speakerKey({ personKey })];
}
