import MarkdownIt from 'markdown-it';

/** What stands for `{name}` in a text. */
export type Placeholders = Readonly<Record<string, string>>;

const placeholder = /\{([A-Za-z][A-Za-z0-9]*)\}/g;
const safeLink = /^(?:https?:|mailto:|tel:)/i;

// No HTML and no pictures: the text is an organizer's, the mail goes out in the installation's name.
const markdown = new MarkdownIt({ html: false, linkify: true, breaks: true }).disable('image');
// A link may also be a placeholder; what stands for it is checked when it is known.
markdown.validateLink = (url) => safeLink.test(url) || /^(?:\{|%7B)[A-Za-z0-9]+(?:\}|%7D)$/i.test(url);

const styles: Readonly<Record<string, string>> = {
  paragraph_open: 'margin:0 0 14px;',
  bullet_list_open: 'margin:0 0 14px;padding-left:22px;',
  ordered_list_open: 'margin:0 0 14px;padding-left:26px;',
  heading_open: 'margin:18px 0 10px;font-size:17px;line-height:26px;',
  blockquote_open: 'margin:0 0 14px;padding-left:14px;border-left:3px solid #d9e2ec;color:#52606d;',
  link_open: 'color:#0b6b5f;',
  table_open: 'margin:0 0 14px;border-collapse:collapse;',
  th_open: 'padding:4px 12px 4px 0;text-align:left;',
  td_open: 'padding:4px 12px 4px 0;',
};

/** Renders a text of Markdown. Values stand in it as they are: none becomes markup, whatever it holds. */
export function renderMarkdown(source: string, values: Placeholders): { html: string; text: string } {
  const tokens = markdown.parse(source, {});
  for (const token of tokens.flatMap((one) => [one, ...(one.children ?? [])])) {
    const style = styles[token.type];
    if (style !== undefined) token.attrSet('style', style);
    if (token.type === 'text' || token.type === 'code_inline' || token.type === 'fence')
      token.content = fill(token.content, values);
    const href = token.attrGet('href');
    if (href !== null) token.attrSet('href', filledLink(String(href), values));
  }
  return { html: markdown.renderer.render(tokens, markdown.options, {}), text: fill(source, values).trim() };
}

/** A line of text with its placeholders filled in. */
export function fill(text: string, values: Placeholders): string {
  return text.replace(placeholder, (whole, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? '') : whole,
  );
}

/** The placeholders of a text, each once, in their order. */
export function placeholdersIn(text: string): string[] {
  return [...new Set([...text.matchAll(placeholder)].map(([, name = '']) => name))];
}

function filledLink(href: string, values: Placeholders): string {
  const url = fill(href.replace(/%7B([A-Za-z0-9]+)%7D/gi, '{$1}'), values);
  return safeLink.test(url) ? url : '#';
}
