import {
  cleanText,
  tooManyEvents,
  wholeText,
  writtenText,
  type RawEvent,
  type RawLink,
  type RawPerson,
  type RawSchedule,
  type ScheduleRefusal,
} from './raw-schedule.js';
import type { Members } from './members.js';
import { flawsOf, textsIn, withoutAddress } from './text-flaws.js';
import { membersOf, parseOrderedJson, plainJson } from './ordered-json.js';

/** Where JSON breaks, as far as the parser tells: its own words are not for users. */
function placeOf(error: unknown, text: string): string {
  const position = /position (\d+)/u.exec(error instanceof Error ? error.message : '')?.[1];
  if (position === undefined) return '';
  const before = text.slice(0, Number(position)).split('\n');
  return ` (line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1})`;
}

const eventMembers = new Set(
  [
    'id guid slug url title subtitle abstract description type track language room date start end duration',
    'do_not_record persons speakers participants links attachments',
  ]
    .join(' ')
    .split(' '),
);
/** What an export tells of itself or works out anew, and what is read into fields. */
const documentMembers = new Set(['$schema', 'generator', 'schedule']);
const scheduleMembers = new Set(['version', 'url', 'base_url', 'generator', 'conference', 'events']);
const conferenceMembers = new Set(
  'acronym title start end daysCount timeslot_duration time_zone_name base_url rooms days'.split(' '),
);
const roomMembers = new Set(['name', 'capacity']);
const dayMembers = new Set(['index', 'date', 'day_start', 'day_end', 'rooms']);
const linkMembers = new Set(['url', 'title']);
const personMembers = new Set(['id', 'guid', 'name', 'email']);

type Fields = Record<string, unknown>;
/** By slug. */
type Tracks = ReadonlyMap<string, Fields>;

/** Reads a frab/C3VOC schedule.json. Any text is safe: what has no schedule in it is refused, the rest read as far as it goes. */
export function readScheduleJson(text: string): RawSchedule | ScheduleRefusal {
  let root: unknown;
  try {
    root = parseOrderedJson(text.replace(/^\uFEFF/u, ''));
  } catch (error) {
    return { code: 'request.malformed', detail: `The file is not valid JSON${placeOf(error, text)}.` };
  }
  const outer = fields(root);
  const inner = fields(outer['schedule'] ?? outer);
  const beside = inner === outer ? {} : othersOf(outer, documentMembers);
  const conference = fields(inner['conference']);
  if (!Array.isArray(conference['days'])) {
    return {
      code: 'request.invalid',
      detail:
        'The file is no schedule: a member "schedule" with "conference" and in it a list "days" was expected.',
    };
  }
  const schedule = scheduleOf(conference, conference['days'], list(inner['events']));
  const others = { ...beside, ...othersOf(inner, scheduleMembers) };
  return tooManyEvents(schedule) ?? { ...schedule, more: { ...schedule.more, outer: others } };
}

/** @param loose the events of the format's second version, which stand beside the conference and not in its days */
function scheduleOf(conference: Fields, days: unknown[], loose: unknown[]): RawSchedule {
  const tracks = new Map(
    list(conference['tracks'])
      .map(fields)
      .flatMap((track) => (typeof track['slug'] === 'string' ? [[track['slug'], track] as const] : [])),
  );
  const dated = days.map(fields).map((day) => ({
    date: asText(day['date']),
    start: asText(day['day_start']),
    events: membersOf(fields(day['rooms'])).flatMap(([room, events]) =>
      list(events).map((e) => eventOf(e, room, tracks)),
    ),
  }));
  const looseDay = { date: null, start: null, events: loose.map((e) => eventOf(e, '', tracks)) };
  return {
    acronym: asText(conference['acronym']),
    title: asText(conference['title']),
    timeZone: asText(conference['time_zone_name']),
    dayChange: asText(conference['day_change']),
    rooms: list(conference['rooms']).flatMap((room) => {
      const { name, capacity } = fields(room);
      const known = asText(name);
      return known === null
        ? []
        : [{ name: known, capacity: typeof capacity === 'number' ? capacity : null }];
    }),
    days: loose.length === 0 ? dated : [...dated, looseDay],
    more: {
      outer: {},
      conference: othersOf(conference, conferenceMembers),
      slot: asText(conference['timeslot_duration']),
      rooms: list(conference['rooms'])
        .map(fields)
        .map((room) => ({ name: asText(room['name']) ?? '', more: othersOf(room, roomMembers) })),
      days: days.map(fields).map((day) => ({ date: asText(day['date']), more: othersOf(day, dayMembers) })),
      dropped: days.flatMap(misshapenIn),
    },
  };
}

/** What of a day can't be read at all. */
function misshapenIn(day: unknown, index: number): string[] {
  if (!isFields(day)) return [`day ${index + 1}, which is no object`];
  const rooms = day['rooms'] ?? {};
  if (!isFields(rooms)) return [`the rooms of day ${index + 1}, which are no object`];
  return membersOf(rooms)
    .filter(([, events]) => !Array.isArray(events))
    .map(([name]) => `the events of “${name.slice(0, 100)}” on day ${index + 1}, which are no list`);
}

function eventOf(value: unknown, room: string, tracks: Tracks): RawEvent | null {
  if (!isFields(value)) return null;
  const text = (name: string): string | null => asText(value[name]);
  return {
    id: text('id'),
    guid: text('guid'),
    slug: text('slug'),
    url: text('url'),
    title: text('title'),
    writtenTitle: writtenText(value['title']),
    subtitle: asText(value['subtitle'], wholeText),
    abstract: asText(value['abstract'], wholeText),
    description: asText(value['description'], wholeText),
    type: text('type'),
    track: named(tracks.get(asText(fields(value['track'])['slug']) ?? '') ?? value['track']),
    language: value['language'] === '' ? '' : text('language'),
    room: named(value['room']) ?? cleanText(room),
    date: text('date'),
    start: text('start'),
    end: text('end'),
    duration: text('duration'),
    doNotRecord: flagOf(value['do_not_record']),
    persons: list(personsIn(value)).flatMap(personOf),
    links: linksOf(value['links']),
    attachments: linksOf(value['attachments']),
    more: othersOf(value, eventMembers),
    // Marks of members that look like indices are no characters of the file.
    flaws: [...flawsOf(textsIn(plainJson(value))), ...lostLinks(value), ...lostPersons(value)],
  };
}

function linksOf(value: unknown): RawLink[] {
  return list(value)
    .map((link) => (typeof link === 'string' ? { url: link } : fields(link)))
    .flatMap((link) => {
      const url = asText(link['url']);
      if (url === null) return [];
      return [{ url, title: asText(link['title'], wholeText), more: othersOf(link, linkMembers) }];
    });
}

function lostLinks(event: Fields): string[] {
  const misshapen = ['links', 'attachments'].filter((name) => !Array.isArray(event[name] ?? []));
  if (misshapen.length > 0) return misshapen.map((name) => `Its ${name} are no list and left out.`);
  const lost = ['links', 'attachments'].map((name) => list(event[name]).length - linksOf(event[name]).length);
  return withoutAddress((lost[0] ?? 0) + (lost[1] ?? 0));
}

function personsIn(event: Fields): unknown {
  return event['persons'] ?? event['speakers'] ?? event['participants'];
}

/** Persons that are neither objects nor names. */
function lostPersons(event: Fields): string[] {
  const persons = personsIn(event) ?? [];
  if (!Array.isArray(persons)) return ['Its persons are no list and left out.'];
  const lost = persons.length - persons.flatMap(personOf).length;
  return lost === 0 ? [] : [`Left out: ${lost} of its persons, which are neither objects nor texts.`];
}

function personOf(value: unknown): RawPerson[] {
  if (typeof value === 'string') return [personNamed(value)];
  if (!isFields(value)) return [];
  const text = (name: string): string | null => asText(value[name]);
  const name = text('name') ?? text('public_name') ?? text('full_public_name');
  return [
    {
      id: text('id'),
      guid: text('guid'),
      code: text('code'),
      name,
      writtenName: writtenText(value['name'] ?? value['public_name'] ?? value['full_public_name']),
      hasName: text('name') !== null,
      email: text('email'),
      more: othersOf(value, personMembers),
    },
  ];
}

function personNamed(text: string): RawPerson {
  const [name, writtenName] = [cleanText(text), writtenText(text)];
  return { id: null, guid: null, code: null, name, writtenName, hasName: true, email: null, more: {} };
}

/** A room or track by its name, where the second version of the format has an object. */
function named(value: unknown): string | null {
  return isFields(value) && 'name' in value ? asText(value['name']) : asText(value);
}

/** Text as text, a number as its digits, a translated text (`{ "en": "…" }`) as its English, Chinese or first version. */
function asText(value: unknown, clean = cleanText): string | null {
  if (typeof value === 'string') return clean(value);
  if (typeof value === 'number') return String(value);
  if (!isFields(value)) return null;
  const version = [value['en'], value['zh'], ...Object.values(value)].find(
    (text) => typeof text === 'string',
  );
  return typeof version === 'string' ? clean(version) : null;
}

/** The members that are not read into fields. */
function othersOf(value: Fields, known: ReadonlySet<string>): Members {
  const others = membersOf(value).filter(([name]) => !known.has(name));
  return Object.fromEntries(others.map(([name, member]) => [name, plainJson(member)]));
}

function flagOf(value: unknown): boolean | null {
  if (value === true || value === 'true') return true;
  return value === undefined || value === null ? null : false;
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function fields(value: unknown): Fields {
  return isFields(value) ? value : {};
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
