/** A programme as tools of many years ago published theirs, with everything that makes such files hard. Made up. */
const speakers = ['erika', 'Karl  der Kleine', ' Blank Before', 'Zoë O’Neill', '王小明', 'A & B <C>'];
const rooms = ['Saal 1', '302', '101', 'B厅'];

export const dirtyDays = 4;
/** Of the talks, so many are by somebody who speaks elsewhere at the same time. */
export const dirtyConflicts = 1;

/** Ids count; guids are 22 characters, or UUIDs; days end at four in the morning; links have all kinds of forms. */
export function dirtyXml(): string {
  const days = Array.from({ length: dirtyDays }, (_, day) => dayXml(day));
  return [
    "<?xml version='1.0' encoding='utf-8' ?>\n<schedule>\n<version>1.5 a bright day</version>",
    '<conference><acronym>d1c0</acronym><title>Made up</title><start>2014-12-27</start><end>2014-12-30</end>',
    `<days>${dirtyDays}</days><timeslot_duration>00:05</timeslot_duration><logo>/system/logo.png</logo>`,
    "<url>https://example.org/d1c0</url><track name='Ethics, Society &amp; Politics' color='#ffa200'/>",
    "<sponsor>A</sponsor><sponsor level='gold'>B</sponsor></conference><license>cc-by</license>",
    ...days,
    '</schedule>\n',
  ].join('\n');
}

const dateOf = (day: number): string => `2014-12-${27 + day}`;
const two = (number: number): string => String(number).padStart(2, '0');

function dayXml(day: number): string {
  const shown = rooms.map((room, index) => {
    // The second day has nothing in the third room, and the last one hardly anything.
    const slots = day === 1 && index === 2 ? [] : day === 3 && index > 0 ? [0] : [0, 1, 2, 3, 4, 5, 6];
    return `<room name='${room}' floor='${index}'>\n${slots.map((slot) => eventXml(day, index, slot)).join('')}</room>`;
  });
  const [start, end] = [`${dateOf(day)}T11:00:00+01:00`, `${dateOf(day + 1)}T04:00:00+01:00`];
  return `<day date='${dateOf(day)}' end='${end}' index='${day + 1}' motto='of ${day}' start='${start}'>\n${shown.join('\n')}\n</day>`;
}

function eventXml(day: number, room: number, slot: number): string {
  const number = 6_000 + day * 100 + room * 10 + slot;
  const hour = 11 + slot * 2 + 1;
  const date = `${dateOf(day + (hour >= 24 ? 1 : 0))}T${two(hour % 24)}:${two(room * 5)}:00+01:00`;
  const isTwice = day === 0 && room === 3 && slot === 0;
  const people = isTwice
    ? [1_000]
    : number % 9 === 0
      ? []
      : [1_000 + ((room * 7 + slot) % 30), 2_000 + number];
  return `<event guid='${guidOf(number)}' id='${number}'>
<date>${isTwice ? `${dateOf(0)}T12:00:00+01:00` : date}</date>
<start>${two(hour % 24)}:${two(isTwice ? 0 : room * 5)}</start>
<duration>0${1 + (number % 2)}:00</duration>
<room>${rooms[room]}</room>
<slug>d1c0_-_${number}_-_en_-_saal_${room + 1}_-_${slot}</slug>
<recording><license>${number % 4 === 0 ? 'cc-by-sa' : ''}</license><optout>${number % 5 === 0}</optout></recording>
<title>Talk ${number}${number % 8 === 0 ? ' ' : ''}: „Agenda“ &amp; 数据 &lt;${slot}&gt;${number % 6 === 0 ? '  ' : ''}</title>
<subtitle>${number % 3 === 0 ? ' About it' : ''}</subtitle>
<track>Ethics, Society &amp; Politics</track>
<type>${['lecture', 'workshop', 'other'][number % 3]}</type>
<language>${number % 7 === 0 ? '' : ['en', 'de', 'zh'][number % 3]}</language>
<abstract>${number % 4 === 0 ? '' : `An abstract of ${number}.\n\nIn two paragraphs, “quoted” 🚀.`}</abstract>
<description>${number % 2 === 0 ? `&lt;p&gt;Longer ${number}&lt;/p&gt;\n` : ''}</description>
<logo>${number % 3 === 0 ? `/system/events/logos/${number}.png` : ''}</logo>
<persons>
${people.map((id) => `<person id='${id}'>${nameOf(id)}</person>`).join('\n')}
</persons>
<links>
${number % 5 === 0 ? `<link href='/relative/${number}.html'>A page</link>\n<link href='example.org/no-scheme'>Another  </link>` : ''}
</links>
${number % 4 === 0 ? `<attachments><attachment href='/files/${number}.pdf'>Slides &amp; more</attachment></attachments>` : ''}
<feedback_url>https://feedback.example.org/${number}</feedback_url>
<x_unknown a='1'>kept</x_unknown>
</event>
`;
}

function nameOf(id: number): string {
  const name = speakers[id % speakers.length] ?? '';
  return `${name} ${id}`.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

function guidOf(number: number): string {
  if (number % 3 === 0) return `HOqeNIb6G7M4hYFKF_${number}`;
  return `29aecfd7-2e44-4f49-ab86-29b5e087${number}`;
}
