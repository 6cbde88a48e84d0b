import { micromark } from 'micromark';

/** Pages bring no pictures of others: they would tell somebody else who reads. */
const withoutImages = { disable: { null: ['labelStartImage'] } };
/** Texts stand below the headings of a page: their largest heading is of this level. */
const topLevel = 3;

/** Markdown (CommonMark) as HTML. HTML in it stays text, and links lead to web and mail addresses alone. */
export function markdown(text: string): string {
  const html = micromark(text, { extensions: [withoutImages] });
  const levels = [...html.matchAll(/<h([1-6])>/g)].map(([, level]) => Number(level));
  const shift = topLevel - Math.min(topLevel, ...levels);
  return html
    .replace(
      /<(\/?)h([1-6])>/g,
      (_tag, slash: string, level) => `<${slash}h${Math.min(6, Number(level) + shift)}>`,
    )
    .replace(/<a href=/g, '<a rel="nofollow ugc" href=');
}
