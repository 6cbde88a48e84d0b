import type { Members } from './members.js';
import { childrenOf, textOf, type XmlElement } from './xml-tree.js';

/** Children of an event that are read into fields. */
const eventElements = new Set(
  [
    'slug url title subtitle abstract description type track language room date start end duration',
    'recording persons links attachments',
  ]
    .join(' ')
    .split(' '),
);
const recordingMembers = {
  license: 'recording_license',
  url: 'recording_url',
  link: 'recording_link',
} as const;
/** How a value that is no text stands in an element, and in an attribute. */
const jsonType = 'application/json';
export const jsonSuffix = '.json';
/** The attribute for members whose names are no names in XML. */
export const unnamed = 'members';

/** What an export tells of itself or works out anew, and what is read into fields. */
const scheduleElements = new Set(['generator', 'url', 'version', 'conference', 'day']);
const conferenceElements = new Set(
  'acronym title start end days timeslot_duration base_url time_zone_name track'.split(' '),
);

/** The members of a schedule beside its conference and its days. Attributes of its root belong to the document. */
export function scheduleMore(root: XmlElement): Members {
  return otherElements(root, scheduleElements);
}

/** The members of a conference; its tracks are a list there. */
export function conferenceMore(conference: XmlElement): Members {
  const tracks = childrenOf(conference, 'track').map(trackOf);
  return {
    ...(tracks.length === 0 ? {} : { tracks }),
    ...otherElements(conference, conferenceElements),
  };
}

function trackOf(track: XmlElement): Members {
  const name = textOf(track).trim();
  return { ...attributesBut(track, []), ...(name === '' ? {} : { name }) };
}

/** The members of an event that are not read into fields, named as in JSON. */
export function eventMore(event: XmlElement): Members {
  const recording = childrenOf(event, 'recording')[0];
  const recorded = Object.entries(recordingMembers).flatMap(([name, member]) => {
    const [child] = childrenOf(recording, name);
    return child === undefined ? [] : [[member, textOf(child)] as const];
  });
  const { code, ...attributes } = attributesBut(event, ['id', 'guid']);
  return {
    ...(code === undefined ? {} : { code }),
    ...Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`@${name}`, value])),
    ...Object.fromEntries(recorded),
    ...otherElements(event, eventElements),
  };
}

/** Elements of one name are one member, with all of them under `#repeated`. */
function otherElements(parent: XmlElement, known: ReadonlySet<string>): Members {
  const members = new Map<string, unknown[]>();
  for (const child of parent.children) {
    if (typeof child === 'string' || known.has(child.name)) continue;
    const [name, value] = memberOf(child);
    members.set(name, [...(members.get(name) ?? []), value]);
  }
  return Object.fromEntries(
    [...members].map(([name, values]) => [name, values.length === 1 ? values[0] : { '#repeated': values }]),
  );
}

/** Members whose names can't be those of attributes stand together in one. */
export function attributesBut(element: XmlElement, known: readonly string[]): Members {
  const { [unnamed]: others, ...members } = Object.fromEntries(
    Object.entries(element.attributes)
      .filter(([name]) => !known.includes(name))
      .map(([name, value]) =>
        name.endsWith(jsonSuffix) ? [name.slice(0, -jsonSuffix.length), jsonOr(value)] : [name, value],
      ),
  );
  return { ...members, ...(typeof others === 'object' && others !== null ? others : {}) };
}

/** An element as a member: text as text, and what JSON has no form for as `@attribute`, `#text` and `#children`. */
function memberOf(element: XmlElement): [string, unknown] {
  const { name, attributes } = element;
  if (name === 'member' && attributes['name'] !== undefined) {
    const { name: named, ...rest } = attributes;
    return [named, valueOf({ ...element, attributes: rest })];
  }
  return [name, name === 'do_not_stream' ? flagOr(textOf(element)) : valueOf(element)];
}

function valueOf(element: XmlElement): unknown {
  const names = Object.keys(element.attributes);
  const isText = element.children.every((child) => typeof child === 'string');
  if (names.length === 0 && isText) return textOf(element);
  if (names.length === 1 && element.attributes['type'] === jsonType) return jsonOr(textOf(element));
  return {
    ...Object.fromEntries(names.map((name) => [`@${name}`, element.attributes[name]])),
    ...(isText ? { '#text': textOf(element) } : { '#children': element.children.map(childOf) }),
  };
}

function childOf(child: XmlElement | string): unknown {
  return typeof child === 'string' ? child : { '#name': child.name, '#value': valueOf(child) };
}

function flagOr(text: string): unknown {
  return text === 'true' ? true : text === 'false' ? false : text;
}

function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
