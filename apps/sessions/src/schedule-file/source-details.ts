import type { RawEvent, RawLink } from './raw-schedule.js';
import { asUuid } from './source-identity.js';

/** What an imported entry says besides a session's own fields, kept with the session and given back by an export. */
export type SourceDetails = {
  guid: string | null;
  id: number | null;
  slug: string | null;
  url: string | null;
  type: string | null;
  language: string | null;
  subtitle: string | null;
  abstract: string | null;
  description: string | null;
  doNotRecord: boolean;
  links: RawLink[];
  /** Absent in what was imported before they were kept. */
  attachments?: RawLink[];
};

/** Beyond these a text is cut and a link left out; they are larger than what real schedules hold. */
const [maxLine, maxText, maxAbstract, maxLinks] = [500, 20_000, 5_000, 50];

export function sourceDetails(event: RawEvent): SourceDetails {
  return {
    guid: asUuid(event.guid),
    id: /^[1-9]\d{0,14}$/u.test(event.id ?? '') ? Number(event.id) : null,
    slug: line(event.slug),
    url: isWebAddress(event.url) ? line(event.url) : null,
    type: line(event.type),
    language: line(event.language),
    subtitle: line(event.subtitle),
    abstract: cut(event.abstract, maxText),
    description: cut(event.description, maxText),
    doNotRecord: event.doNotRecord,
    links: usable(event.links),
    attachments: usable(event.attachments),
  };
}

/** Addresses that lead somewhere outside of the file's own site too. */
function usable(links: readonly RawLink[]): RawLink[] {
  return links
    .filter((link) => isWebAddress(link.url) && link.url.length <= maxLine)
    .slice(0, maxLinks)
    .map(({ url, title }) => ({ url, title: line(title) }));
}

function line(text: string | null): string | null {
  return text === null || text.length > maxLine ? null : text;
}

/** What the session shows as its abstract: the entry's, or its description where it has only that. */
export function shownAbstract(source: Pick<SourceDetails, 'abstract' | 'description'>): string | null {
  return cut((source.abstract ?? source.description)?.trim() ?? null, maxAbstract);
}

export function isWebAddress(text: string | null): text is string {
  return text !== null && /^https?:\/\/[^\s<>"{}|\\^`]+$/iu.test(text) && URL.canParse(text);
}

/** Never between the halves of a surrogate pair. */
function cut(text: string | null, max: number): string | null {
  if (text === null || text.length <= max) return text;
  return text
    .slice(0, max)
    .replace(/[\uD800-\uDBFF]$/u, '')
    .trim();
}
