import type { Localized, SpeakersOfSession } from '#contracts';
import type { SettingsRecord } from '../notification-settings/settings-record.js';
import type { OrganizationWords } from '../templates/organization-words.js';
import type {
  Contact,
  Departed,
  MeetingFacts,
  RegistrationPeople,
  ReleaseRef,
  StopFacts,
} from '../owners/owner-facts.js';

export function releaseKey({ stopId, release }: ReleaseRef): string {
  return `${stopId} ${release}`;
}

/** What is true while some mails are written; asked for a moment ago and kept nowhere. */
export interface NoticeFacts {
  readonly settings: ReadonlyMap<string, SettingsRecord>;
  readonly words: ReadonlyMap<string, OrganizationWords>;
  readonly stops: ReadonlyMap<string, StopFacts>;
  readonly people: ReadonlyMap<string, RegistrationPeople>;
  readonly departed: ReadonlyMap<string, Departed[]>;
  readonly contacts: ReadonlyMap<string, Contact>;
  readonly companyNames: ReadonlyMap<string, Localized>;
  readonly sessions: ReadonlyMap<string, SpeakersOfSession>;
  readonly meetings: ReadonlyMap<string, MeetingFacts>;
  /** Notes of releases by `releaseKey`. */
  readonly releaseNotes: ReadonlyMap<string, string | null>;
  readonly announcements: ReadonlyMap<string, { readonly subject: Localized; readonly text: Localized }>;
  readonly publicUrl: string;
}
