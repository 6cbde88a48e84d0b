import { SaxesParser } from 'saxes';

export type XmlElement = {
  name: string;
  attributes: Record<string, string>;
  children: (XmlElement | string)[];
};

/** Deeper and larger than any schedule; what goes past them is refused before it costs memory. */
const maxDepth = 64;
const maxNodes = 1_000_000;

/**
 * The root element of a document, or what is wrong with it. Nothing outside the text is ever read: a DOCTYPE that
 * declares anything is refused, and with it every entity that could expand.
 */
export function parseXml(text: string): XmlElement | { error: string } {
  const parser = new SaxesParser({});
  const document: XmlElement = { name: '', attributes: {}, children: [] };
  const open: XmlElement[] = [document];
  let nodes = 0;
  const add = (node: XmlElement | string): void => {
    nodes += 1;
    if (nodes > maxNodes) throw new XmlRefused(`it has more than ${maxNodes} parts`);
    open.at(-1)?.children.push(node);
  };
  parser.on('doctype', (declared) => {
    if (declared.includes('[')) throw new XmlRefused('it has a DOCTYPE that declares something');
  });
  parser.on('error', (error) => {
    // HTML's &nbsp; and its like are common in real files and harmless as they stand.
    if (error.message.endsWith('undefined entity.')) return;
    throw new XmlRefused(`it is not well-formed (line ${parser.line}, column ${parser.column})`);
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (open.length > maxDepth) throw new XmlRefused(`it has more than ${maxDepth} levels`);
    const element = { name, attributes, children: [] };
    add(element);
    open.push(element);
  });
  parser.on('closetag', () => open.pop());
  parser.on('text', add);
  parser.on('cdata', add);
  try {
    // Some generators leave white space before the XML declaration, which strictly is an error.
    parser.write(text.replace(/^[\uFEFF\s]+/u, '')).close();
  } catch (error) {
    if (error instanceof XmlRefused) return { error: error.message };
    throw error;
  }
  const root = document.children.find((child) => typeof child !== 'string');
  return root ?? { error: 'it has no element' };
}

/** All text below an element, markup left out: some schedules carry HTML inside their abstracts. */
export function textOf(element: XmlElement): string {
  return element.children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('');
}

/** Every text of an element, of its attributes and of all that is below. */
export function* textsOf(element: XmlElement): Generator<string> {
  yield* Object.values(element.attributes);
  for (const child of element.children) {
    if (typeof child === 'string') yield child;
    else yield* textsOf(child);
  }
}

/** The elements of a name directly below another. */
export function childrenOf(element: XmlElement | undefined, name: string): XmlElement[] {
  return (element?.children ?? []).flatMap((child) =>
    typeof child !== 'string' && child.name === name ? [child] : [],
  );
}

class XmlRefused extends Error {}
