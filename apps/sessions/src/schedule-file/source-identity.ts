import { createHash } from 'node:crypto';
import type { RawEvent, RawPerson, RawSchedule } from './raw-schedule.js';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/iu;

export function asUuid(text: string | null): string | null {
  return text !== null && uuid.test(text) ? text.toLowerCase() : null;
}

/** Long enough to be unique without its conference, as older tools made them: 22 characters for the bits of a UUID. */
const otherGuid = /^[\w.~+/=-]{16,100}$/u;

/** A guid that names an entry everywhere, of whatever shape; null for none, and for a number that only counts. */
export function asGuid(text: string | null): string | null {
  return asUuid(text) ?? (text !== null && otherGuid.test(text) ? text : null);
}

/** Numbers in a schedule are only unique within their conference, so keys made of them carry its name. */
export function scopeOf(schedule: RawSchedule): string {
  return (schedule.acronym ?? schedule.title ?? '').toLowerCase().slice(0, 100);
}

/**
 * The key by which an entry is known again: its guid, else its id in that conference, else what it is. It is made of
 * the file alone and not of aligned times, so the same file gives the same keys wherever it is moved to.
 */
export function sourceKey(event: RawEvent, dayDate: string | null, scope: string): string {
  const guid = asGuid(event.guid);
  if (guid !== null) return `guid:${guid}`;
  // A shorter guid is still an id.
  const id = event.id ?? event.guid;
  if (id !== null) return `id:${digest([scope, id])}`;
  return `text:${digest([scope, event.title, event.room, dayDate, event.date, event.start])}`;
}

/** The key of a speaker without an e-mail address: the guid, else id, code or name in that conference. */
export function personKey(person: RawPerson, scope: string): string {
  const guid = asUuid(person.guid);
  if (guid !== null) return guid;
  const id = person.id ?? person.code ?? person.guid;
  const key = id === null ? `${scope}:name:${digest([person.name])}` : `${scope}:${id.slice(0, 100)}`;
  // A cut may have gone through a character.
  return key.toWellFormed();
}

/** A UUID that always comes out the same for the same parts (version 8 of RFC 9562: made by a scheme of our own). */
export function uuidFor(...parts: string[]): string {
  const hex = digest(parts);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** A positive number of 31 bits for the same purpose: many readers keep ids in 32. */
export function numberFor(...parts: string[]): number {
  return Number.parseInt(digest(parts).slice(0, 8), 16) & 0x7fff_ffff || 1;
}

function digest(parts: readonly (string | null)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
