import { createHash } from 'node:crypto';

type Json = Record<string, unknown>;
type Dirt = { event: unknown; code: string };

/** A conference of six rooms and five days that end at four in the morning: 540 talks that are right, and some dirt. */
export const conference = { rooms: 6, days: 5, talksADay: 18, firstDay: '2019-08-21' };
export const talksExpected = conference.rooms * conference.days * conference.talksADay;

/** Talks last 45 minutes and begin every hour from ten, the last ones after midnight. */
const firstHour = 10;
const zone = '+02:00';

/** The schedule as its tool would publish it, with the entries that can't be taken, in the order of the file. */
export function conferenceSchedule(): { file: Json; refused: string[] } {
  const refused: string[] = [];
  const days = Array.from({ length: conference.days }, (_, day) => dayOf(day));
  // Dirt goes behind what is right, since of two that clash the first is believed.
  for (const { event, code } of dirt()) {
    (Object.values(days.at(-1)?.rooms ?? {}).at(-1) as unknown[]).push(event);
    refused.push(code);
  }
  const file = {
    schedule: {
      version: 'Ü 1.0',
      base_url: 'https://example.org/schedule/',
      conference: {
        acronym: 'numbered2019',
        title: 'The Numbered Conference',
        start: conference.firstDay,
        end: dateOf(conference.days),
        daysCount: conference.days,
        timeslot_duration: '00:15',
        tracks: [{ name: 'Track 1', color: '#123456' }],
        days,
      },
    },
  };
  return { file, refused };
}

function dayOf(day: number): { date: string; rooms: Json } & Json {
  const rooms = Array.from({ length: conference.rooms }, (_, room) => {
    const talks = Array.from({ length: conference.talksADay }, (__, slot) => talk(day, room, slot));
    return [roomName(room), talks] as const;
  });
  return {
    index: day + 1,
    date: dateOf(day),
    day_start: `${dateOf(day)}T09:00:00${zone}`,
    day_end: `${dateOf(day + 1)}T06:00:00${zone}`,
    rooms: Object.fromEntries(rooms),
  };
}

/** A right one, as different tools write them. */
function talk(day: number, room: number, slot: number): Json {
  const number = (day * conference.rooms + room) * conference.talksADay + slot + 1;
  const hour = (firstHour + slot) % 24;
  const start = `${String(hour).padStart(2, '0')}:00`;
  const date = `${dateOf(day + (firstHour + slot >= 24 ? 1 : 0))}T${start}:00${zone}`;
  return {
    id: number,
    guid: uuid(`talk ${number}`),
    logo: null,
    // Older tools give the day alone, and the hours after midnight belong to the day before.
    date: number % 5 === 0 ? dateOf(day) : date,
    start,
    duration: number % 3 === 0 ? '0:45' : '00:45',
    room: roomName(room),
    slug: `numbered2019-${number}-talk_${number}`,
    url: `https://example.org/schedule/talks/${number}`,
    title:
      number % 7 === 0
        ? `第 ${number} 场报告：“数据 & 质量” <${number}>`
        : `Talk ${number}: data & quality <${number}>`,
    subtitle: number % 4 === 0 ? `About the number ${number}` : '',
    track: number % 9 === 0 ? null : `Track ${(number % 4) + 1}`,
    type: ['lecture', 'workshop', 'Podium', 'other'][number % 4],
    language: number % 7 === 0 ? 'zh' : 'en',
    abstract: `Talk ${number}.\r\n\r\nIt has <em>markup</em>, “quotes”, 数据, \u{1F680} and a line of its own.`,
    description: number % 2 === 0 ? `\r\n${'A longer text about it. '.repeat(30)}${number}\r\n ` : '',
    do_not_record: number % 11 === 0,
    persons: personsOf(number, slot),
    links: number % 6 === 0 ? [{ url: `https://example.org/${number}`, title: `Page ${number}` }] : [],
    attachments: number % 8 === 0 ? [{ url: `https://example.org/${number}.pdf`, title: 'Slides' }] : [],
  };
}

/** Nobody speaks twice in one hour; the same people come back in other hours. */
function personsOf(number: number, slot: number): Json[] {
  const person = (id: number, name: string): Json =>
    slot % 2 === 0 ? { id, public_name: name } : { id, name, code: `P${id}` };
  const first = person(1_000 + number, `Speaker ${number}`);
  return number % 10 === 0 ? [first, person(2_000 + number, `示例讲者 ${number}`)] : [first];
}

/** Entries that are to be refused, each with the code; the entries beside it must not suffer. */
function dirt(): Dirt[] {
  const day = conference.days - 1;
  const one = (change: Json): Json => {
    const key = String(change['key']);
    const { key: _, ...rest } = change;
    return {
      ...talk(day, 0, 0),
      id: null,
      guid: key,
      title: `Dirt: ${key}`,
      room: 'Hall D',
      persons: [],
      ...rest,
    };
  };
  const after = (room: number) => ({
    date: `${dateOf(day)}T10:30:00${zone}`,
    start: '10:30',
    room: roomName(room),
  });
  return [
    { event: null, code: 'request.invalid' },
    { event: 'talk', code: 'request.invalid' },
    { event: one({ key: 'no title', title: '' }), code: 'request.invalid' },
    { event: one({ key: 'no time', date: 'tomorrow', start: 'soon' }), code: 'request.invalid' },
    { event: one({ key: 'more than a day', duration: '24:01' }), code: 'request.invalid' },
    { event: one({ key: 'no length', duration: '00:00' }), code: 'request.invalid' },
    { event: { ...talk(0, 0, 0), title: 'Dirt: a guid twice' }, code: 'request.invalid' },
    { event: one({ key: 'a room twice', ...after(1) }), code: 'session.room_conflict' },
    {
      event: one({
        key: 'a speaker in two places',
        date: `${dateOf(day)}T10:15:00${zone}`,
        persons: personsOf(talkNumber(day, 2, 0), 0),
      }),
      code: 'session.speaker_conflict',
    },
    { event: one({ key: 'a year late', date: `2020-08-21T10:00:00${zone}` }), code: 'session.outside_stop' },
  ];
}

function talkNumber(day: number, room: number, slot: number): number {
  return (day * conference.rooms + room) * conference.talksADay + slot + 1;
}

function roomName(room: number): string {
  return room === 5 ? '六号厅 “Süd”' : `Hall ${room + 1}`;
}

function dateOf(day: number): string {
  const date = new Date(`${conference.firstDay}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + day);
  return date.toISOString().slice(0, 10);
}

function uuid(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
