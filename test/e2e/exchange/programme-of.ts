/** What a visitor would miss if it were lost on the way. */
export type Talk = {
  day: number;
  start: string;
  minutes: number;
  title: string;
  subtitle: string;
  abstract: string;
  description: string;
  room: string;
  track: string | null;
  type: string;
  language: string;
  persons: { id: number | null; name: string }[];
  links: unknown[];
  attachments: unknown[];
  doNotRecord: boolean;
};

type Json = Record<string, never>;

/** The talks of a schedule.json by their guids; the first of two with one guid, and none without a guid. */
export function programmeOf(file: unknown): Map<string, Talk> {
  const { days } = (file as { schedule: { conference: { days: Json[] } } }).schedule.conference;
  const talks = days.flatMap((day, index) =>
    (Object.values(day['rooms'] ?? {}) as unknown[][]).flat().flatMap((event) => talkOf(event, index)),
  );
  return new Map(talks.reverse().toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function talkOf(event: unknown, day: number): [string, Talk][] {
  if (typeof event !== 'object' || event === null) return [];
  const from = event as Record<string, string | null> & {
    persons: Json[];
    links: unknown[];
    attachments: unknown[];
  };
  const [hours, minutes] = String(from['duration']).split(':').map(Number);
  const talk: Talk = {
    day,
    start: String(from['start']),
    minutes: (hours ?? 0) * 60 + (minutes ?? 0),
    title: String(from['title']).trim(),
    subtitle: from['subtitle'] ?? '',
    abstract: from['abstract'] ?? '',
    description: from['description'] ?? '',
    room: String(from['room']),
    track: from['track'] ?? null,
    type: from['type'] ?? '',
    language: from['language'] ?? '',
    persons: from.persons.map((one) => ({
      id: one['id'] ?? null,
      name: one['name'] ?? one['public_name'] ?? '',
    })),
    links: from.links,
    attachments: from.attachments,
    doNotRecord: Boolean(from['do_not_record']),
  };
  return [[String(from['guid']), talk]];
}
