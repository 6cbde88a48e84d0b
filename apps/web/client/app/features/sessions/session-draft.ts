import type { Session } from '#contracts/sessions';

/** A speaker as typed. */
export interface SpeakerDraft {
  readonly name: string;
  readonly email: string;
  readonly organization: string;
  readonly jobTitle: string;
  readonly mayOverlap: boolean;
}

/** A session as it is typed. */
export interface SessionDraft {
  readonly titleZh: string;
  readonly titleEn: string;
  readonly abstractZh: string;
  readonly abstractEn: string;
  readonly kind: string;
  readonly minutes: string;
  readonly track: string;
  readonly language: string;
  readonly speakers: readonly SpeakerDraft[];
}

export const emptySpeaker: SpeakerDraft = {
  name: '',
  email: '',
  organization: '',
  jobTitle: '',
  mayOverlap: false,
};

export const emptySession: SessionDraft = {
  titleZh: '',
  titleEn: '',
  abstractZh: '',
  abstractEn: '',
  kind: 'sharing',
  minutes: '30',
  track: '',
  language: '',
  speakers: [emptySpeaker],
};

export function draftOf(session: Session): SessionDraft {
  return {
    titleZh: session.title.zh ?? '',
    titleEn: session.title.en ?? '',
    abstractZh: session.abstract?.zh ?? '',
    abstractEn: session.abstract?.en ?? '',
    kind: session.kind,
    minutes: String(session.durationMinutes),
    track: session.track ?? '',
    language: session.language ?? '',
    speakers: session.speakers.map(({ name, email, organization, jobTitle, mayOverlap }) => ({
      name,
      email: email ?? '',
      organization: organization ?? '',
      jobTitle: jobTitle ?? '',
      mayOverlap: mayOverlap ?? false,
    })),
  };
}

/** The body of the request; what can't be read goes as it is, so that the API says what is wrong, at its field. */
export function sessionBody(draft: SessionDraft) {
  return {
    title: localized(draft.titleZh, draft.titleEn) ?? {},
    abstract: localized(draft.abstractZh, draft.abstractEn),
    kind: draft.kind,
    durationMinutes: numberOf(draft.minutes),
    track: orNull(draft.track),
    language: orNull(draft.language),
    speakers: draft.speakers.map(({ name, email, organization, jobTitle, mayOverlap }) => ({
      name: name.trim(),
      // An imported speaker may have no address, and is sent back like that.
      email: orNull(email),
      organization: orNull(organization),
      jobTitle: orNull(jobTitle),
      mayOverlap,
    })),
  };
}

/**
 * What of the session was changed, as a merge patch. Speakers are sent whole, with the language of each, which the form
 * does not show.
 */
export function sessionPatch(session: Session, draft: SessionDraft): Record<string, unknown> {
  const [before, after] = [sessionBody(draftOf(session)), sessionBody(draft)];
  const changed = Object.entries(after).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(before[key as keyof typeof before]),
  );
  const patch: Record<string, unknown> = Object.fromEntries(changed);
  for (const key of ['title', 'abstract'] as const) {
    const value = after[key];
    if (key in patch && value !== null) patch[key] = { zh: null, en: null, ...value };
  }
  if ('speakers' in patch) {
    const languages = new Map(session.speakers.map(({ email, name, language }) => [email ?? name, language]));
    patch['speakers'] = after.speakers.map((one) => ({
      ...one,
      language: languages.get(one.email ?? one.name) ?? null,
    }));
  }
  return patch;
}

function localized(zh: string, en: string): { zh?: string; en?: string } | null {
  const text = {
    ...(zh.trim() === '' ? {} : { zh: zh.trim() }),
    ...(en.trim() === '' ? {} : { en: en.trim() }),
  };
  return Object.keys(text).length === 0 ? null : text;
}

function orNull(text: string): string | null {
  return text.trim() === '' ? null : text.trim();
}

function numberOf(text: string): number | string {
  const plain = text.normalize('NFKC').trim();
  return /^\d+$/.test(plain) ? Number(plain) : plain;
}
