/** The language of a mail; `both` writes Chinese first and English below. */
export type Language = 'zh' | 'en';
export type MailLanguage = Language | 'both';

/** One piece of a mail's body. Texts are plain; `html` alone is markup, made by `renderMarkdown`. */
export type MailBlock =
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'markdown'; readonly html: string; readonly text: string }
  /** When, where, who: a line each. */
  | { readonly kind: 'facts'; readonly facts: readonly Fact[] }
  | { readonly kind: 'button'; readonly label: string; readonly url: string }
  /** Something to type in or show, such as a code. */
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'image'; readonly cid: string; readonly alt: string; readonly sizePx: number };

export interface Fact {
  readonly label: string;
  readonly value: string;
  /** What the value was before, shown struck through. */
  readonly before?: string;
}

/** A mail in one language. */
export interface MailText {
  readonly subject: string;
  readonly heading: string;
  readonly blocks: readonly MailBlock[];
  /** In small type below: why the recipient gets this, and how to end it. */
  readonly footer: readonly string[];
}
