/** What a key does in the review queue. */
export type ReviewKey =
  | { readonly kind: 'score'; readonly score: number }
  | { readonly kind: 'accept' | 'reject' | 'next' | 'previous' | 'comment' | 'undo' };

const letters: Readonly<Record<string, Exclude<ReviewKey['kind'], 'score'>>> = {
  a: 'accept',
  r: 'reject',
  n: 'next',
  p: 'previous',
  c: 'comment',
  u: 'undo',
};

interface Pressed {
  readonly key: string;
  readonly isComposing: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  /** Whether somebody is typing a text. */
  readonly inText: boolean;
}

/** Keys that an input method or a shortcut of the browser takes are not ours. */
export function reviewKey({ key, isComposing, ctrlKey, metaKey, altKey, inText }: Pressed): ReviewKey | null {
  if (isComposing || ctrlKey || metaKey || altKey || inText) return null;
  if (/^[1-5]$/.test(key)) return { kind: 'score', score: Number(key) };
  const kind = letters[key.toLowerCase()];
  return kind === undefined ? null : { kind };
}
