import type { Members } from '../schedule-file/members.js';
import { jsonSuffix, unnamed } from '../schedule-file/xml-members.js';
import { element, escaped } from './xml-text.js';

const names = (words: string): ReadonlySet<string> => new Set(words.split(' '));
/** Elements that stand for something else, so no other member may have their names. */
export const takenNames = {
  schedule: names('generator url version conference day member'),
  conference: names('acronym title start end days timeslot_duration base_url time_zone_name track member'),
  event: names(
    'date start end duration room slug url title subtitle track type language abstract description recording persons links attachments member',
  ),
};
const xmlName = /^(?!xml)[A-Za-z_][\w.-]*$/iu;

/**
 * Other members as attributes: texts as they are, other JSON under a name that says so, and those whose names XML does
 * not know together in one. Reads back as it was.
 */
export function attributesOf(members: Members): Record<string, string> {
  const all = Object.entries(members);
  const fits = ([name]: [string, unknown]): boolean =>
    xmlName.test(name) && !name.endsWith(jsonSuffix) && name !== unnamed;
  const others = all.filter((member) => !fits(member));
  return Object.fromEntries([
    ...all
      .filter(fits)
      .map(([name, value]) =>
        typeof value === 'string' ? [name, value] : [`${name}${jsonSuffix}`, JSON.stringify(value)],
      ),
    ...(others.length === 0 ? [] : [[`${unnamed}${jsonSuffix}`, JSON.stringify(Object.fromEntries(others))]]),
  ]) as Record<string, string>;
}

/** Other members as elements. Reads back as it was. */
export function elementsOf(members: Members, taken = takenNames.event): string[] {
  return Object.entries(members).flatMap(([name, value]) =>
    repeatedIn(value).map((one) =>
      xmlName.test(name) && !taken.has(name) ? elementOf(name, {}, one) : elementOf('member', { name }, one),
    ),
  );
}

/** Each of the values of a member that stood in several elements. */
function repeatedIn(value: unknown): readonly unknown[] {
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 1) return [value];
  const { '#repeated': values } = value as { '#repeated'?: unknown };
  return Array.isArray(values) && values.length > 1 ? values : [value];
}

/** The tracks of a conference as elements; undefined for what is no list of objects. */
export function trackElements(tracks: unknown): string[] | undefined {
  if (!Array.isArray(tracks) || tracks.length === 0) return undefined;
  const isTrack = (one: unknown): one is Members =>
    typeof one === 'object' && one !== null && !Array.isArray(one);
  return tracks.every(isTrack) ? tracks.map((one) => element('track', attributesOf(one), [])) : undefined;
}

function elementOf(name: string, attributes: Record<string, string>, value: unknown): string {
  if (typeof value === 'string') return element(name, attributes, [escaped(value)]);
  if (name === 'do_not_stream' && typeof value === 'boolean')
    return element(name, attributes, [String(value)]);
  return (
    xmlForm(name, attributes, value) ??
    element(name, { ...attributes, type: 'application/json' }, [escaped(JSON.stringify(value))])
  );
}

/** A value that came from an element with attributes or children, as that element again; undefined for any other. */
function xmlForm(name: string, attributes: Record<string, string>, value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const members = Object.entries(value);
  const own = members.filter(
    ([key, text]) => key.startsWith('@') && xmlName.test(key.slice(1)) && typeof text === 'string',
  );
  const { '#text': text, '#children': children } = value as { '#text'?: unknown; '#children'?: unknown };
  const content =
    typeof text === 'string' ? [escaped(text)] : Array.isArray(children) ? contentOf(children) : undefined;
  if (content === undefined || members.length !== own.length + 1) return undefined;
  const named = own.map(([key, given]) => [key.slice(1), String(given)]);
  return element(name, { ...attributes, ...Object.fromEntries(named) }, content);
}

function contentOf(children: readonly unknown[]): string[] | undefined {
  const parts = children.map((child) => {
    if (typeof child === 'string') return escaped(child);
    const { '#name': name, '#value': value } = (child ?? {}) as { '#name'?: unknown; '#value'?: unknown };
    return typeof name === 'string' && xmlName.test(name) ? elementOf(name, {}, value ?? '') : undefined;
  });
  return parts.every((part) => part !== undefined) ? parts : undefined;
}
