import { invalidField, type InputOf, type updateSession } from '#contracts';

/** A speaker as stored. `personKey` identifies an imported one without an e-mail address. */
export type StoredSpeaker = {
  /** Stays while name, address or anything else of the speaker changes. */
  id: string;
  name: string;
  email: string | null;
  personKey?: string | null;
  organization: string | null;
  jobTitle: string | null;
  language: 'zh' | 'en' | null;
  /** A team or an organization that really is in several places at once. */
  mayOverlap: boolean;
};

type SpeakerDraft = NonNullable<InputOf<typeof updateSession>['body']['speakers']>[number];
type WithSpeakers = { readonly speakers: readonly StoredSpeaker[] };
/** Which stored speaker each draft is, by their positions in the two lists. */
type Matches = ReadonlyMap<number, StoredSpeaker>;

/**
 * The speakers after a list of drafts has replaced them; a speaker who was there before keeps the id.
 * @throws Problem `request.invalid` for a new speaker without an address, and for a mark that only organizers set
 */
export function speakersOf(
  drafts: readonly SpeakerDraft[],
  known: readonly StoredSpeaker[],
  actor: 'organizer' | 'company',
  newId: () => string,
): StoredSpeaker[] {
  const matches = matchSpeakers(drafts, known);
  return drafts.map((draft, index) => {
    const before = matches.get(index);
    const { name, email, organization, jobTitle, language } = draft;
    if (email === null && before?.email !== null) {
      throw invalidField(`/speakers/${index}/email`, 'is needed: only imported speakers have no address');
    }
    return {
      id: before?.id ?? newId(),
      name,
      email,
      ...(email === null ? { personKey: before?.personKey ?? null } : {}),
      organization: organization ?? null,
      jobTitle: jobTitle ?? null,
      language: language ?? null,
      mayOverlap: overlapMark(draft, before, actor, index),
    };
  });
}

/** A company can neither set nor clear the mark, so whatever it leaves out stays as it was. */
function overlapMark(
  { mayOverlap }: SpeakerDraft,
  before: StoredSpeaker | undefined,
  actor: 'organizer' | 'company',
  index: number,
): boolean {
  if (actor === 'organizer') return mayOverlap ?? false;
  const present = before?.mayOverlap ?? false;
  if ((mayOverlap ?? present) === present) return present;
  throw invalidField(`/speakers/${index}/mayOverlap`, 'is set by organizers only');
}

/** By address first, then by name, and what has no address on either side by its place in the list. */
function matchSpeakers(drafts: readonly SpeakerDraft[], known: readonly StoredSpeaker[]): Matches {
  const matches = new Map<number, StoredSpeaker>();
  const free = new Set(known);
  const match = (isSame: (draft: SpeakerDraft, speaker: StoredSpeaker) => boolean): void => {
    for (const [index, draft] of drafts.entries()) {
      const found = matches.has(index) ? undefined : [...free].find((speaker) => isSame(draft, speaker));
      if (found === undefined) continue;
      matches.set(index, found);
      free.delete(found);
    }
  };
  match((draft, { email }) => draft.email !== null && draft.email === email);
  match((draft, { name, email }) => draft.name === name && (draft.email === null) === (email === null));
  match((draft, { name }) => draft.email !== null && draft.name === name);
  match((draft, { email }) => draft.email === null && email === null);
  return matches;
}

/** Identifies a speaker across all stops of an organization: by e-mail, or by the person id of an imported schedule. */
export function speakerKey(speaker: { email: string } | { personKey: string }): string {
  if ('email' in speaker) return speaker.email.normalize('NFC').trim().toLowerCase();
  // No e-mail address contains a bare colon before its at sign, so the two kinds never meet.
  return `person:${speaker.personKey}`;
}

/** The keys of the speakers who can't be in two places at once. */
export function speakerKeys(session: WithSpeakers): string[] {
  return session.speakers.flatMap(keyOf);
}

/** The name that this session has for the speaker with a key. */
export function speakerNamed(session: WithSpeakers, key: string): string {
  return session.speakers.find((speaker) => keyOf(speaker).includes(key))?.name ?? '';
}

function keyOf({ email, personKey, mayOverlap }: StoredSpeaker): string[] {
  if (mayOverlap) return [];
  if (email !== null) return [speakerKey({ email })];
  return personKey === null || personKey === undefined ? [] : [speakerKey({ personKey })];
}
