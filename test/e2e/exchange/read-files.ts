/**
 * Reads schedule files for the tests alone, in another way than the service: what both understood wrong in the same way
 * would not show.
 */
export type Entry = {
  day: number;
  /** Each member as a text or a list of texts, so that the two formats compare. */
  members: Record<string, unknown>;
};
export type Programme = {
  rooms: string[];
  days: number;
  entries: Map<string, Entry>;
  /** What the file says of the whole, of its rooms by their names, and of its days in their order. */
  whole: Record<string, unknown>;
};

type Json = Record<string, unknown>;
type Node = { name: string; attributes: Record<string, string>; content: (Node | string)[] };

/** By the title and the start by the clock: ids and guids are what is to be compared. */
const keyOf = (title: unknown, date: unknown): string =>
  `${String(date).slice(11, 16)} ${String(title).trim()}`;

export function readJson(text: string): Programme {
  const { conference, ...schedule } = (JSON.parse(text) as { schedule: { conference: Json } }).schedule;
  const days = conference['days'] as Json[];
  const entries = new Map<string, Entry>();
  for (const [day, one] of days.entries()) {
    for (const events of Object.values(one['rooms'] as Record<string, Json[]>)) {
      for (const event of events) {
        entries.set(keyOf(event['title'], event['date']), { day: day + 1, members: event });
      }
    }
  }
  const { rooms, days: _days, ...said } = conference;
  const whole = {
    ...schedule,
    ...said,
    rooms: Object.fromEntries(((rooms ?? []) as Json[]).map((room) => [room['name'], room])),
    days: days.map(({ rooms: _rooms, ...day }) => day),
  };
  return { rooms: roomsInText(text), days: days.length, entries, whole };
}

/** The names of the rooms in the order of the text, which `JSON.parse` may not keep. */
function roomsInText(text: string): string[] {
  const names = [...text.matchAll(/"rooms"\s*:\s*\{/gu)].flatMap(({ index }) => {
    let [depth, at] = [0, text.indexOf('{', index)];
    const found: string[] = [];
    for (;;) {
      const character = text[at];
      if (character === '"') {
        const end = endOfString(text, at);
        if (depth === 1 && /^\s*:/u.test(text.slice(end, end + 20)))
          found.push(JSON.parse(text.slice(at, end)) as string);
        at = end;
        continue;
      }
      if (character === '{' || character === '[') depth += 1;
      if (character === '}' || character === ']') depth -= 1;
      if (depth === 0) return found;
      at += 1;
    }
  });
  return [...new Set(names)];
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; ; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at + 1;
  }
}

export function readXml(text: string): Programme {
  const root = treeOf(text);
  const days = all(root, 'day');
  const entries = new Map<string, Entry>();
  const rooms = days.flatMap((day) => all(day, 'room').map(({ attributes }) => attributes['name'] ?? ''));
  for (const [day, one] of days.entries()) {
    for (const event of all(one, 'room').flatMap((room) => all(room, 'event'))) {
      const members: Json = { ...event.attributes };
      for (const child of nodesOf(event)) members[child.name] = memberOf(child);
      entries.set(keyOf(members['title'], members['date']), { day: day + 1, members });
    }
  }
  const shownRooms = days.flatMap((day) => all(day, 'room'));
  const whole = {
    ...listed(nodesOf(root).filter(({ name }) => !['conference', 'day'].includes(name))),
    ...listed(all(root, 'conference').flatMap(nodesOf)),
    rooms: Object.fromEntries(shownRooms.map(({ attributes }) => [attributes['name'], attributes])),
    days: days.map(({ attributes }) => attributes),
  };
  return { rooms: [...new Set(rooms)], days: days.length, entries, whole };
}

/** All elements of each name, in their order. */
function listed(nodes: readonly Node[]): Json {
  const members: Record<string, unknown[]> = {};
  for (const node of nodes) (members[node.name] ??= []).push(memberOf(node));
  return members;
}

/** Lists as lists of attributes and text, everything else as its text or its children. */
function memberOf(node: Node): unknown {
  const lists: Record<string, string> = { persons: 'name', links: 'title', attachments: 'title' };
  const textName = lists[node.name];
  if (textName !== undefined)
    return nodesOf(node).map((one) => ({ ...one.attributes, [textName]: textIn(one) }));
  const children = nodesOf(node);
  if (children.length === 0 && Object.keys(node.attributes).length === 0) return textIn(node);
  return {
    ...node.attributes,
    ...(children.length === 0
      ? { text: textIn(node) }
      : Object.fromEntries(children.map((one) => [one.name, memberOf(one)]))),
  };
}

const nodesOf = ({ content }: Node): Node[] =>
  content.flatMap((one) => (typeof one === 'string' ? [] : [one]));
const all = (node: Node, name: string): Node[] => nodesOf(node).filter((one) => one.name === name);
const textIn = ({ content }: Node): string =>
  content.map((one) => (typeof one === 'string' ? one : textIn(one))).join('');

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const plain = (text: string): string =>
  text
    .replaceAll('\r\n', '\n')
    .replace(/&(?:#x([\da-f]+)|#(\d+)|(\w+));/giu, (whole, hex?: string, digits?: string, name?: string) =>
      name === undefined
        ? String.fromCodePoint(Number.parseInt(hex ?? digits ?? '', hex === undefined ? 10 : 16))
        : (entities[name] ?? whole),
    );

/** Comments and declarations are left out. */
const token =
  /<!--.*?-->|<\?.*?\?>|<!\[CDATA\[(.*?)\]\]>|<!.*?>|<(\/?)([\w.:-]+)((?:\s+[\w.:-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>|([^<]+)/gsu;

function treeOf(text: string): Node {
  const top: Node = { name: '', attributes: {}, content: [] };
  const open = [top];
  for (const [, cdata, closing, name, attributes = '', selfClosing, words] of text.matchAll(token)) {
    const parent = open.at(-1) ?? top;
    if (cdata !== undefined) parent.content.push(cdata);
    if (words !== undefined) parent.content.push(plain(words));
    if (name === undefined) continue;
    if (closing === '/') {
      open.pop();
      continue;
    }
    const node: Node = { name, attributes: attributesOf(attributes), content: [] };
    parent.content.push(node);
    if (selfClosing !== '/') open.push(node);
  }
  return nodesOf(top)[0] ?? top;
}

function attributesOf(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/gu)].map(([, name = '', double, single]) => [
      name,
      plain(double ?? single ?? ''),
    ]),
  );
}
