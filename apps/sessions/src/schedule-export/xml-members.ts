import type { Members } from '../schedule-file/members.js';
import { element, escaped } from './xml-text.js';

/** Elements of an event that stand for something else, so no other member may have their names. */
const taken = new Set(
  [
    'date start duration room slug url title subtitle track type language abstract description',
    'recording persons links attachments member',
  ]
    .join(' ')
    .split(' '),
);
const xmlName = /^(?!xml)[A-Za-z_][\w.-]*$/iu;

/** Other members as attributes: texts as they are, other JSON under a name that says so. Reads back as it was. */
export function attributesOf(members: Members): Record<string, string> {
  return Object.fromEntries(
    Object.entries(members)
      .filter(([name]) => xmlName.test(name))
      .map(([name, value]) =>
        typeof value === 'string' ? [name, value] : [`${name}.json`, JSON.stringify(value)],
      ),
  );
}

/** Other members as elements. Reads back as it was. */
export function elementsOf(members: Members): string[] {
  return Object.entries(members).map(([name, value]) =>
    xmlName.test(name) && !taken.has(name)
      ? elementOf(name, {}, value)
      : elementOf('member', { name }, value),
  );
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
