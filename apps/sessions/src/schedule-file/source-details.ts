import { keptMembers, type Members } from './members.js';
import type { RawEvent, RawLink } from './raw-schedule.js';
import { asGuid } from './source-identity.js';

/** What an imported entry says besides a session's own fields, kept with the session and given back by an export. */
export type SourceDetails = {
  guid: string | null;
  id: number | null;
  /** With the white space around it, where there is some; absent in entries of earlier versions. */
  writtenTitle?: string | null;
  slug: string | null;
  url: string | null;
  type: string | null;
  /** As the file has it: empty where it is empty, null where it is absent. */
  language: string | null;
  subtitle: string | null;
  abstract: string | null;
  description: string | null;
  doNotRecord: boolean | null;
  /** Whether the file tells the end besides the length; absent in entries of earlier versions. */
  tellsEnd?: boolean;
  links: RawLink[];
  attachments: RawLink[];
  more: Members;
};

/** Beyond these a text is cut and a link left out; they are larger than what real schedules hold. */
const [maxLine, maxUrl, maxText, maxAbstract, maxLinks] = [500, 2_000, 20_000, 5_000, 200];
/** Schemes whose links do something else than lead somewhere, and addresses of people. */
const refusedScheme = /^(?:javascript|vbscript|data|mailto|tel):/iu;

/** @returns the details, and a remark for each thing that an export will not give back as it came */
export function sourceDetails(event: RawEvent): { details: SourceDetails; remarks: string[] } {
  const more = keptMembers(event.more, new Set());
  const [links, attachments] = [usable(event.links), usable(event.attachments)];
  const details = {
    guid: asGuid(event.guid),
    id: /^[1-9]\d{0,14}$/u.test(event.id ?? '') ? Number(event.id) : null,
    writtenTitle: event.writtenTitle,
    slug: slugOf(event.slug),
    url: isWebAddress(event.url) ? event.url : null,
    type: line(event.type),
    language: line(event.language),
    subtitle: line(event.subtitle),
    abstract: cut(event.abstract, maxText),
    description: cut(event.description, maxText),
    doNotRecord: event.doNotRecord,
    ...(event.end === null ? {} : { tellsEnd: true }),
    links: links.kept,
    attachments: attachments.kept,
    more: more.members,
  };
  return {
    details,
    remarks: remarksOf(event, details, [...more.dropped, ...links.dropped, ...attachments.dropped]),
  };
}

function remarksOf(event: RawEvent, details: SourceDetails, dropped: readonly string[]): string[] {
  const replaced = (['guid', 'id', 'slug', 'url'] as const).filter(
    (name) => event[name] !== null && details[name] === null,
  );
  const tooLong = (['type', 'subtitle'] as const).filter(
    (name) => event[name] !== null && details[name] === null,
  );
  const wereCut = (['abstract', 'description'] as const).filter((name) => details[name] !== event[name]);
  return [
    ...replaced.map(
      (name) => `Its ${name} “${short(event[name])}” can't stand in an export, which has one of its own.`,
    ),
    ...tooLong.map((name) => `Its ${name} is longer than ${maxLine} characters and left out.`),
    ...wereCut.map((name) => `Its ${name} is longer than ${maxText} characters and cut.`),
    ...dropped.map((what) => `Left out: ${what}.`),
  ];
}

/** What can be a part of an address as it stands; for anything else an export makes one. */
function slugOf(slug: string | null): string | null {
  return slug !== null && /^[\w.~-]{1,500}$/u.test(slug) ? slug : null;
}

/** Links as they came, relative ones too; the others in words. */
function usable(links: readonly RawLink[]): { kept: RawLink[]; dropped: string[] } {
  const dropped: string[] = [];
  const kept = links.slice(0, maxLinks).flatMap((link) => {
    const { url, title } = link;
    if (refusedScheme.test(url) || url.length > maxUrl) {
      dropped.push(`the link “${short(url)}”`);
      return [];
    }
    const more = keptMembers(link.more ?? {}, new Set());
    dropped.push(...more.dropped);
    return [
      { url, title: line(title), ...(Object.keys(more.members).length === 0 ? {} : { more: more.members }) },
    ];
  });
  if (links.length > maxLinks) dropped.push(`${links.length - maxLinks} links of more than ${maxLinks}`);
  return { kept, dropped };
}

function short(text: string | null): string {
  return (text ?? '').slice(0, 80).toWellFormed();
}

function line(text: string | null): string | null {
  return text === null || text.length > maxLine ? null : text;
}

/** What the session shows as its abstract: the entry's, or its description where it has only that. */
export function shownAbstract(source: Pick<SourceDetails, 'abstract' | 'description'>): string | null {
  return cut((source.abstract ?? source.description)?.trim() ?? null, maxAbstract);
}

export function isWebAddress(text: string | null): text is string {
  if (text === null || text.length > maxLine) return false;
  return /^https?:\/\/[^\s<>"{}|\\^`]+$/iu.test(text) && URL.canParse(text);
}

/** Never between the halves of a surrogate pair. */
function cut(text: string | null, max: number): string | null {
  if (text === null || text.length <= max) return text;
  return text
    .slice(0, max)
    .replace(/[\uD800-\uDBFF]$/u, '')
    .trim();
}

/** Ours of the languages that a file names by a tag such as `en-US`. */
export function languageOf(language: string | null): 'zh' | 'en' | null {
  const tag = language?.toLowerCase().split(/[-_]/u)[0];
  return tag === 'zh' || tag === 'en' ? tag : null;
}
