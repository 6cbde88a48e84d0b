import { isDeepStrictEqual } from 'node:util';
import type { EntryChange, Localized, Room } from '#contracts';
import type { SessionRecord } from '../sessions/session.js';
import { nameMembers, type Members } from '../schedule-file/members.js';
import type { SourceDetails } from '../schedule-file/source-details.js';
import type { ImportedEntry } from './import-schedule.js';
import type { ImportedDetails } from './imported-entry.js';
import { roomKey } from './room-key.js';
import type { StoredSpeaker } from '../sessions/speakers.js';

type Shown = EntryChange['from'];

/** An answer shows no more of a text. */
const maxShown = 200;

/** What a file says otherwise than the session has it, field by field. */
export function sessionDifferences(
  entry: ImportedEntry,
  session: SessionRecord,
  room: Room | undefined,
): EntryChange[] {
  const { title, abstract, kind, track, durationMinutes, startsAt } = session;
  const isHere = [room?.name.zh, room?.name.en].some((name) => name !== undefined && isRoom(name, entry));
  const startsThen = startsAt !== null && Date.parse(startsAt) === Date.parse(entry.startsAt);
  return [
    ...(saysTheSame(entry.title, title) ? [] : [change('title', textOf(title), textOf(entry.title))]),
    ...(saysTheSame(entry.abstract, abstract)
      ? []
      : [change('abstract', textOf(abstract), textOf(entry.abstract))]),
    ...(entry.kind === kind ? [] : [change('kind', kind, entry.kind)]),
    ...(entry.track === track ? [] : [change('track', track, entry.track)]),
    ...(isSameLanguage(entry, session) ? [] : [change('language', session.language, entry.language)]),
    ...(entry.durationMinutes === durationMinutes
      ? []
      : [change('durationMinutes', durationMinutes, entry.durationMinutes)]),
    ...(isHere ? [] : [change('room', textOf(room?.name ?? null), entry.room.name || null)]),
    ...(startsThen ? [] : [change('startsAt', startsAt, entry.startsAt)]),
    ...(isSameSpeakers(entry.speakers, session.speakers)
      ? []
      : [change('speakers', namesOf(session.speakers), namesOf(entry.speakers))]),
  ];
}

/** What a file says otherwise than at the last import of what a session has no field for. */
export function sourceDifferences(entry: ImportedEntry, before: ImportedDetails | null): EntryChange[] {
  const [old, now] = [membersOf(before), membersOf(entry.source)];
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])];
  const changed = names.filter((name) => !isSameMember(name, old[name], now[name]));
  const persons = samePersons(entry, before) ? [] : [change('persons', null, null)];
  return [...changed.map((name) => change(name, shown(old[name]), shown(now[name]))), ...persons];
}

/** These have values of their own in every export, so a value that the entry never had is no change. */
const exportsName = new Set(['guid', 'id', 'slug', 'url', 'type', 'language', 'abstract', 'description']);

function isSameMember(name: string, old: unknown, now: unknown): boolean {
  if (exportsName.has(name) && (old === undefined || old === null)) return true;
  return (isBlank(old) && isBlank(now)) || isDeepStrictEqual(asJson(old ?? null), asJson(now ?? null));
}

/** Formats differ in whether they leave out what is empty. */
function isBlank(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

/** Texts of the session's own fields are compared there. */
function membersOf(details: SourceDetails | null): Members {
  if (details === null) return {};
  const { guid, id, slug, url, type, language, subtitle, doNotRecord, links, attachments, more } = details;
  return {
    ...more,
    guid,
    id,
    slug,
    url,
    type,
    language,
    subtitle,
    do_not_record: doNotRecord,
    abstract: details.abstract,
    description: details.description,
    ...(links.length === 0 ? {} : { links }),
    ...(attachments.length === 0 ? {} : { attachments }),
  };
}

/** What a file says of the persons besides their names, which formats have under other members. */
function samePersons({ speakers }: ImportedEntry, before: ImportedDetails | null): boolean {
  const known = before?.persons ?? [];
  if (known.length !== speakers.length) {
    return before !== null || speakers.every(({ more }) => isDeepStrictEqual(withoutNames(more), {}));
  }
  return speakers.every(({ more }, index) =>
    isDeepStrictEqual(withoutNames(more), withoutNames(known[index]?.more ?? {})),
  );
}

function withoutNames(members: Members): unknown {
  return asJson(Object.fromEntries(Object.entries(members).filter(([name]) => !nameMembers.has(name))));
}

/** As PostgreSQL gives it back. */
function asJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value ?? null));
}

function isRoom(name: string, { room }: ImportedEntry): boolean {
  return roomKey(name) === roomKey(room.name);
}

/** Files are in one language; a session may have the same text in one of two. */
function saysTheSame(file: Localized | null, session: Localized | null): boolean {
  if (file === null || session === null) return file === session;
  return [file.zh, file.en].every((text) => text === undefined || text === session.zh || text === session.en);
}

/** Where nobody has said the language, an export says that of the title. */
function isSameLanguage(entry: ImportedEntry, { language, title }: SessionRecord): boolean {
  if (entry.language === language) return true;
  return language === null && entry.language === (title.zh === undefined ? 'en' : 'zh');
}

/** Files mostly name no addresses; what they leave out is no difference. */
function isSameSpeakers(file: ImportedEntry['speakers'], session: readonly StoredSpeaker[]): boolean {
  return (
    file.length === session.length &&
    file.every(({ name, email }, index) => {
      const stored = session[index];
      return stored?.name === name && (email === null || email === stored.email);
    })
  );
}

function namesOf(speakers: readonly { name: string; email: string | null }[]): string[] {
  return speakers.map(({ name, email }) => (email === null ? name : `${name} <${email}>`));
}

function textOf(text: Localized | null): string | null {
  return text?.zh ?? text?.en ?? null;
}

function change(field: string, from: Shown, to: Shown): EntryChange {
  return { field, from: short(from), to: short(to) };
}

function short(value: Shown): Shown {
  return typeof value === 'string' && value.length > maxShown
    ? `${value.slice(0, maxShown).toWellFormed()}…`
    : value;
}

function shown(value: unknown): Shown {
  if (value === undefined || value === null) return null;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : JSON.stringify(value);
}
