import MarkdownIt from 'markdown-it';

/** Pages bring no pictures of others, which would tell somebody else who reads; HTML in a text stays text. */
const parser = new MarkdownIt({ html: false, linkify: false }).disable('image');
/** Texts stand below the headings of a page: their largest heading is of this level. */
const topLevel = 3;

/** Markdown as HTML, whose links lead to web and mail addresses alone. */
export function markdown(text: string): string {
  const html = parser.render(text).trim();
  const levels = [...html.matchAll(/<h([1-6])>/g)].map(([, level]) => Number(level));
  const shift = topLevel - Math.min(topLevel, ...levels);
  return html
    .replace(
      /<(\/?)h([1-6])>/g,
      (_tag, slash: string, level) => `<${slash}h${Math.min(6, Number(level) + shift)}>`,
    )
    .replace(/<a href=/g, '<a rel="nofollow ugc" href=');
}
