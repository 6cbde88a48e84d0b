import type { Listing } from '#contracts/listings';
import type { z } from 'zod';

/** A listing as its form has it: the concept of the list `kind` apart from the others. */
export interface ListingDraft {
  readonly side: 'offer' | 'need';
  readonly titleZh: string;
  readonly titleEn: string;
  readonly textZh: string;
  readonly textEn: string;
  readonly kind: string;
  readonly concepts: readonly string[];
}

export const emptyDraft: ListingDraft = {
  side: 'offer',
  titleZh: '',
  titleEn: '',
  textZh: '',
  textEn: '',
  kind: '',
  concepts: [],
};

/** With the concept of `kind`, a listing has 2 to 8. */
export const [minOthers, maxOthers] = [1, 7];

const isKind = (id: string): boolean => id.startsWith('kind.');

export function draftOf({
  side,
  title,
  text,
  concepts,
}: Pick<z.output<typeof Listing>, 'side' | 'title' | 'text' | 'concepts'>): ListingDraft {
  return {
    side,
    titleZh: title.zh ?? '',
    titleEn: title.en ?? '',
    textZh: text.zh ?? '',
    textEn: text.en ?? '',
    kind: concepts.find(isKind) ?? '',
    concepts: concepts.filter((id) => !isKind(id)),
  };
}

const both = (zh: string, en: string) => ({
  ...(zh.trim() === '' ? {} : { zh: zh.trim() }),
  ...(en.trim() === '' ? {} : { en: en.trim() }),
});

/** What is sent for a new one. */
export const bodyOf = (draft: ListingDraft) => ({
  side: draft.side,
  title: both(draft.titleZh, draft.titleEn),
  text: both(draft.textZh, draft.textEn),
  concepts: [draft.kind, ...draft.concepts],
});

/** What is sent for a change (RFC 7396): a language that was emptied goes. */
export function patchOf(draft: ListingDraft) {
  const orNull = (value: string): string | null => (value.trim() === '' ? null : value.trim());
  return {
    side: draft.side,
    title: { zh: orNull(draft.titleZh), en: orNull(draft.titleEn) },
    text: { zh: orNull(draft.textZh), en: orNull(draft.textEn) },
    concepts: [draft.kind, ...draft.concepts],
  };
}

interface FaultWords {
  readonly missing: string;
  readonly conceptCount: string;
}

export function faultsOf(draft: ListingDraft, words: FaultWords): Map<string, string> {
  const faults = new Map<string, string>();
  if (`${draft.titleZh}${draft.titleEn}`.trim() === '') faults.set('/title/zh', words.missing);
  if (`${draft.textZh}${draft.textEn}`.trim() === '') faults.set('/text/zh', words.missing);
  if (draft.kind === '') faults.set('/kind', words.missing);
  if (draft.concepts.length < minOthers || draft.concepts.length > maxOthers)
    faults.set('/concepts', words.conceptCount);
  return faults;
}

/** With concepts that a text named: those that fit, in the order of the text. */
export function withProposed(draft: ListingDraft, ids: readonly string[]): ListingDraft {
  const others = ids.filter((id) => !isKind(id) && !draft.concepts.includes(id));
  return {
    ...draft,
    kind: draft.kind === '' ? (ids.find(isKind) ?? '') : draft.kind,
    concepts: [...draft.concepts, ...others].slice(0, Math.max(maxOthers, draft.concepts.length)),
  };
}
