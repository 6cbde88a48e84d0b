import { DateTime } from 'luxon';
import { inLanguage } from '#contracts';
import type { ReleasedSession } from '../timetable/release.js';
import { kindOf } from '../schedule-file/session-kind.js';
import { nameMembers, type Members } from '../schedule-file/members.js';
import type { RawLink } from '../schedule-file/raw-schedule.js';
import {
  isWebAddress,
  languageOf,
  shownAbstract,
  type SourceDetails,
} from '../schedule-file/source-details.js';
import { asUuid, numberFor, uuidFor } from '../schedule-file/source-identity.js';

/** A released speaker, with what a schedule says of an imported one. It is public, so no part is made of an address. */
export type ExportSpeaker = {
  name: string;
  personKey: string | null;
  sourcePersonId: number | null;
  sourcePersonGuid: string | null;
  more: Members;
  /** How the file writes the name, as long as it is the speaker's name. */
  writtenName?: string | null;
  hasName?: boolean;
  isRenamed?: boolean;
};

export type ExportSession = Omit<ReleasedSession, 'speakers'> & {
  speakers: readonly ExportSpeaker[];
  /** Null for a session that was not imported. */
  source: SourceDetails | null;
};

export type ExportEvent = {
  id: number;
  guid: string;
  date: string;
  start: string;
  /** Where the file has it. */
  end?: string;
  duration: string;
  room: string;
  slug: string;
  url: string;
  title: string;
  subtitle: string;
  track: string | null;
  type: string;
  language: string;
  abstract: string;
  description: string;
  do_not_record?: boolean;
  persons: ExportPerson[];
  links: ExportLink[];
  attachments: ExportLink[];
  /** What the file says besides; in JSON these are members like the others. */
  more: Members;
};
/** The name may stand in another member, as in the file; so may an id or a guid be all that there is. */
export type ExportPerson = { id?: number; guid?: string } & Members;
export type ExportLink = { url: string; title?: string } & Members;

type Setting = {
  roomNames: ReadonlyMap<string, string>;
  acronym: string;
  address: string;
  lang: 'zh' | 'en';
  timeZone: string;
};
type Unique = <T>(kind: 'guid' | 'id' | 'slug', wanted: T | null, next: (attempt: number) => T) => T;

/** The events of a timetable, in its order. Guids, ids and slugs are unique among them and stable between releases. */
export function exportEvents(sessions: readonly ExportSession[], setting: Setting): ExportEvent[] {
  const unique = uniqueness();
  return sessions.map((session) => eventOf(session, setting, unique));
}

function eventOf(session: ExportSession, setting: Setting, unique: Unique): ExportEvent {
  const { lang } = setting;
  const { source } = session;
  const title = inLanguage(session.title, lang);
  const start = DateTime.fromISO(session.startsAt, { zone: setting.timeZone });
  const id = unique('id', source?.id ?? null, (attempt) => numberFor(session.id, String(attempt)));
  return {
    id,
    guid: unique('guid', source?.guid ?? asUuid(session.id), (attempt) =>
      uuidFor(session.id, String(attempt)),
    ),
    date: localInstant(session.startsAt, setting.timeZone),
    start: start.toFormat('HH:mm'),
    ...(source?.tellsEnd === true ? { end: localInstant(session.endsAt, setting.timeZone) } : {}),
    duration: clock((Date.parse(session.endsAt) - Date.parse(session.startsAt)) / 60_000),
    room: setting.roomNames.get(session.roomId) ?? '',
    slug: unique('slug', source?.slug || null, (attempt) => slugFor(setting.acronym, id, title, attempt)),
    url: isWebAddress(source?.url ?? null) ? (source?.url ?? '') : `${setting.address}#${session.id}`,
    title: source?.writtenTitle?.trim() === title ? source.writtenTitle : title,
    subtitle: source?.subtitle ?? '',
    track: session.track,
    // The file's own word for it, unless somebody has made it another kind of session since.
    type:
      source !== null && source.type !== null && kindOf(source.type) === session.kind
        ? source.type
        : session.kind,
    language: languageIn(session),
    ...texts(session, lang),
    ...(source === null || source.doNotRecord === null ? {} : { do_not_record: source.doNotRecord }),
    persons: session.speakers.map((speaker) => personOf(speaker, setting.acronym)),
    links: (source?.links ?? []).map(linkOf),
    attachments: (source?.attachments ?? []).map(linkOf),
    more: source?.more ?? {},
  };
}

function localInstant(at: string, zone: string): string {
  return DateTime.fromISO(at, { zone }).toISO({ suppressMilliseconds: true }) ?? '';
}

/** The file's own word for it, empty where it is empty, unless somebody has chosen another language since. */
function languageIn({ language, source, title }: ExportSession): string {
  const given = source?.language ?? null;
  if (given !== null && languageOf(given) === language) return given;
  return language ?? (title.zh === undefined ? 'en' : 'zh');
}

function linkOf({ url, title, more }: RawLink): ExportLink {
  return { ...more, url, ...(title === null ? {} : { title }) };
}

/** The texts of the file as long as nobody has edited what the session made of them. */
function texts(
  { source, abstract }: ExportSession,
  lang: 'zh' | 'en',
): { abstract: string; description: string } {
  const shown = abstract === null ? null : inLanguage(abstract, lang);
  if (source === null) return { abstract: shown ?? '', description: '' };
  if (shownAbstract(source) === shown)
    return { abstract: source.abstract ?? '', description: source.description ?? '' };
  return { abstract: shown ?? '', description: source.abstract === null ? '' : (source.description ?? '') };
}

function personOf(speaker: ExportSpeaker, acronym: string): ExportPerson {
  return { ...identityOf(speaker, acronym), ...namesOf(speaker) };
}

/**
 * What the file has of id and guid; both where it has neither. A speaker known by e-mail is one person within a stop by
 * name: a mark made of the address would give it away.
 */
function identityOf(
  { name, personKey, sourcePersonId: id, sourcePersonGuid: guid }: ExportSpeaker,
  acronym: string,
): { id?: number; guid?: string } {
  const key = personKey ?? `${acronym} ${name}`;
  if (id === null && guid === null) return { id: numberFor('person', key), guid: uuidFor('person', key) };
  return { ...(id === null ? {} : { id }), ...(guid === null ? {} : { guid }) };
}

/** Where the file names a person otherwise than by `name`, so does the export, until somebody renames the speaker. */
function namesOf({ name, more, writtenName, hasName, isRenamed }: ExportSpeaker): Members {
  const others = Object.entries(more).filter(([member]) => nameMembers.has(member));
  if (isRenamed === true) {
    const kept = Object.entries(more).filter(([member]) => !nameMembers.has(member));
    return { ...Object.fromEntries(kept), name };
  }
  return hasName === false && others.length > 0 ? more : { ...more, name: writtenName ?? name };
}

function slugFor(acronym: string, id: number, title: string, attempt: number): string {
  const words = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, '_')
    .replace(/^_+|_+$/gu, '')
    .slice(0, 60)
    .replace(/_$/u, '');
  return [acronym, id, ...(attempt === 0 ? [] : [attempt]), words === '' ? 'session' : words].join('-');
}

function uniqueness(): Unique {
  const taken = new Set<string>();
  return (kind, wanted, next) => {
    let value = wanted ?? next(0);
    for (let attempt = 1; taken.has(`${kind} ${String(value)}`); attempt += 1) value = next(attempt);
    taken.add(`${kind} ${String(value)}`);
    return value;
  };
}

function clock(minutes: number): string {
  const whole = Math.round(minutes);
  return `${String(Math.floor(whole / 60)).padStart(2, '0')}:${String(whole % 60).padStart(2, '0')}`;
}
