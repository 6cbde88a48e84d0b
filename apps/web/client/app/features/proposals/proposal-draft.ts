import type { Session } from '#contracts/sessions';
import { localized } from '../../form/localized.js';

export interface SpeakerRow {
  readonly name: string;
  readonly email: string;
  readonly organization: string;
  readonly jobTitle: string;
}

/** A session as its company types it. */
export interface ProposalDraft {
  readonly titleZh: string;
  readonly titleEn: string;
  readonly abstractZh: string;
  readonly abstractEn: string;
  readonly kind: string;
  readonly minutes: string;
  readonly track: string;
  readonly language: string;
  readonly speakers: readonly SpeakerRow[];
}

export const emptySpeaker: SpeakerRow = { name: '', email: '', organization: '', jobTitle: '' };

export const emptyProposal: ProposalDraft = {
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

export function proposalDraftOf(session: Session): ProposalDraft {
  return {
    titleZh: session.title.zh ?? '',
    titleEn: session.title.en ?? '',
    abstractZh: session.abstract?.zh ?? '',
    abstractEn: session.abstract?.en ?? '',
    kind: session.kind,
    minutes: String(session.durationMinutes),
    track: session.track ?? '',
    language: session.language ?? '',
    speakers: session.speakers.map(({ name, email, organization, jobTitle }) => ({
      name,
      email: email ?? '',
      organization: organization ?? '',
      jobTitle: jobTitle ?? '',
    })),
  };
}

/** The body of the request; what can't be read goes as it is, so that the API says what is wrong, at its field. */
export function proposalBody(draft: ProposalDraft) {
  const text = (one: string) => (one.trim() === '' ? undefined : one.trim());
  const minutes = draft.minutes.normalize('NFKC').trim();
  return {
    title: localized(draft.titleZh, draft.titleEn) ?? {},
    abstract: localized(draft.abstractZh, draft.abstractEn),
    track: text(draft.track),
    kind: draft.kind,
    durationMinutes: /^\d+$/.test(minutes) ? Number(minutes) : minutes,
    language: text(draft.language),
    speakers: draft.speakers.map(({ name, email, organization, jobTitle }) => ({
      name: name.trim(),
      email: email.trim(),
      organization: text(organization),
      jobTitle: text(jobTitle),
    })),
  };
}
