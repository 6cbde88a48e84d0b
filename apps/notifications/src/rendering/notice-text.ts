import { inLanguage, type Localized } from '#contracts';
import { fill, renderMarkdown, type Placeholders } from '../mail/mail-markdown.js';
import type { Fact, Language, MailBlock, MailText } from '../mail/mail-text.js';
import { factsOf, isTemplateKind } from '../templates/mail-kind.js';
import { dateText, timeText, whenText } from './local-time.js';
import { releaseKey, type NoticeFacts } from './notice-facts.js';
import type { NoticeRecipient } from './notice-recipient.js';
import { meetingFacts, meetingValues } from './meeting-text.js';
import { noticeWords } from './notice-words.js';
import type { Notice } from '../notices/notice.js';
import type { StopFacts } from '../owners/owner-facts.js';
import { presentDigest } from './present-digest.js';
import type { TalkChange } from '../notices/planned-notice.js';

export const badgeCid = 'badge@waystop';
const badgeSizePx = 220;

export interface NoticeTextInput {
  readonly notice: Notice;
  readonly facts: NoticeFacts;
  readonly recipient: NoticeRecipient;
  readonly language: Language;
  readonly unsubscribeUrl: string | null;
}

/** A mail in one language: the organizer's words, or ours, and below them what is true, line by line. */
export function noticeText(input: NoticeTextInput): MailText {
  const { notice } = input;
  if (notice.kind === 'organizer-digest' || notice.kind === 'company-digest') return digestText(input);
  const values = valuesOf(input);
  const words = wordsOf(input);
  const { html, text } = renderMarkdown(words.text, values);
  const subject = fill(words.subject, values);
  return {
    subject,
    heading: subject,
    blocks: [
      { kind: 'markdown', html, text },
      ...factBlocks(input),
      ...badgeBlocks(input),
      ...buttonOf(input),
    ],
    footer: footerOf(input),
  };
}

function wordsOf({ notice, facts, language }: NoticeTextInput): { subject: string; text: string } {
  const { kind, announcementId, organizationId } = notice;
  const announcement = facts.announcements.get(announcementId ?? '');
  if (announcement !== undefined)
    return {
      subject: inLanguage(announcement.subject, language),
      text: inLanguage(announcement.text, language),
    };
  const words = facts.words.get(organizationId);
  if (words === undefined || !isTemplateKind(kind)) throw new Error(`There are no words for ${kind}.`);
  return words.of(kind, language);
}

/** What stands for the placeholders of any kind; those that mean nothing in a mail are empty. */
function valuesOf(input: NoticeTextInput): Placeholders {
  const { notice, facts, recipient, language } = input;
  const stop = stopOf(input);
  const registration = facts.people.get(notice.registrationId ?? '');
  const company = facts.companyNames.get(notice.companyId ?? '');
  const previous = notice.data.previous;
  const [talk] = notice.data.talks ?? [];
  return {
    recipientName: recipient.name,
    companyName: company === undefined ? '' : inLanguage(company, language),
    seats: String(registration?.seats ?? ''),
    waitlistPosition: String(registration?.waitlistPosition ?? ''),
    days: String(notice.data.days ?? ''),
    badge: recipient.badge ?? '',
    sessionTitle: talk === undefined ? '' : inLanguage(talk.title, language),
    link: pageUrl(input),
    ...meetingValues(notice, facts, language),
    ...(stop === undefined ? {} : stopValues(stop, language)),
    ...(previous === undefined || stop === undefined
      ? { previousDate: '', previousTime: '' }
      : {
          previousDate: dateText(previous.startsAt, stop.timeZone, language),
          previousTime: timeText(previous.startsAt, previous.endsAt, stop.timeZone, language),
        }),
  };
}

function stopValues(stop: StopFacts, language: Language): Placeholders {
  return {
    tourName: inLanguage(stop.tourName, language),
    stopName: inLanguage(stop.name, language),
    cityName: inLanguage(stop.city.name, language),
    venueName: inLanguage(stop.venue.name, language),
    date: dateText(stop.startsAt, stop.timeZone, language),
    time: timeText(stop.startsAt, stop.endsAt, stop.timeZone, language),
  };
}

function factBlocks(input: NoticeTextInput): MailBlock[] {
  const { notice, language } = input;
  const stop = stopOf(input);
  if (stop === undefined || notice.kind === 'announcement') return [];
  const talks = notice.data.talks ?? [];
  const own = meetingFacts(notice, input.facts, stop, language);
  const several = own ?? talks.flatMap((talk) => talkFacts(talk, stop, language));
  const facts = several.length > 0 ? several : stopFacts(input, stop);
  const reason = reasonOf(input, stop);
  const note = noteOfRelease(input);
  const words = noticeWords[language];
  const travel = notice.kind === 'reminder' && stop.travel !== null ? inLanguage(stop.travel, language) : '';
  return [
    {
      kind: 'facts',
      facts: [
        ...facts,
        ...(several.length > 0
          ? [{ label: words.event, value: inLanguage(stop.name, language) }, whereFact(stop, language)]
          : []),
        ...(reason === null ? [] : [{ label: words.reason, value: reason }]),
        ...(note === null ? [] : [{ label: words.note, value: note }]),
      ],
    },
    ...(travel === ''
      ? []
      : [{ kind: 'markdown' as const, ...renderMarkdown(`**${words.travel}**\n\n${travel}`, {}) }]),
  ];
}

function stopFacts({ notice, facts, language }: NoticeTextInput, stop: StopFacts): Fact[] {
  const words = noticeWords[language];
  const { previous } = notice.data;
  const company = facts.companyNames.get(notice.companyId ?? '');
  const when = whenText(stop.startsAt, stop.endsAt, stop.timeZone, language);
  return [
    { label: words.event, value: inLanguage(stop.name, language) },
    {
      label: words.when,
      value: when,
      ...(previous === undefined
        ? {}
        : { before: whenText(previous.startsAt, previous.endsAt, stop.timeZone, language) }),
    },
    whereFact(stop, language),
    ...(company === undefined ? [] : [{ label: words.company, value: inLanguage(company, language) }]),
  ];
}

function whereFact(stop: StopFacts, language: Language): Fact {
  const parts = [stop.venue.name, stop.venue.address, stop.city.name];
  const lines = parts.flatMap((part) => (part === null ? [] : [inLanguage(part, language)]));
  return { label: noticeWords[language].where, value: [...new Set(lines)].join('\n') };
}

function talkFacts({ title, from, to }: TalkChange, stop: StopFacts, language: Language): Fact[] {
  const words = noticeWords[language];
  const at = (place: NonNullable<TalkChange['to']>) =>
    whenText(place.startsAt, place.endsAt, stop.timeZone, language);
  const room = (place: NonNullable<TalkChange['to']>) =>
    place.roomName === null ? '–' : inLanguage(place.roomName, language);
  const subject = { label: words.talk, value: inLanguage(title, language) };
  if (to === null)
    return from === null
      ? [subject]
      : [subject, { label: words.when, value: words.removed, before: at(from) }];
  const before = from === null ? null : { when: at(from), room: room(from) };
  return [
    subject,
    {
      label: words.when,
      value: at(to),
      ...(before === null || before.when === at(to) ? {} : { before: before.when }),
    },
    {
      label: words.room,
      value: room(to),
      ...(before === null || before.room === room(to) ? {} : { before: before.room }),
    },
  ];
}

const withReasonOfStop: readonly string[] = ['stop-rescheduled', 'stop-cancelled'];
const withReasonOfRegistration: readonly string[] = [
  'registration-declined',
  'registration-cancelled',
  'seat-cancelled',
];

function reasonOf({ notice, facts }: NoticeTextInput, stop: StopFacts): string | null {
  if (withReasonOfStop.includes(notice.kind)) return stop.reason;
  if (withReasonOfRegistration.includes(notice.kind))
    return facts.people.get(notice.registrationId ?? '')?.reason ?? null;
  if (notice.kind === 'session-rejected' || notice.kind === 'session-cancelled')
    return facts.sessions.get(notice.sessionId ?? '')?.reason ?? null;
  if (notice.kind === 'meeting-cancelled')
    return facts.meetings.get(notice.data.meeting?.meetingId ?? '')?.reason ?? null;
  return null;
}

function noteOfRelease({ notice, facts }: NoticeTextInput): string | null {
  const { release } = notice.data;
  if (notice.stopId === null || release === undefined) return null;
  return facts.releaseNotes.get(releaseKey({ stopId: notice.stopId, release })) ?? null;
}

function badgeBlocks({ notice, recipient, language }: NoticeTextInput): MailBlock[] {
  if ((notice.kind !== 'badge' && notice.kind !== 'reminder') || recipient.badge === null) return [];
  const alt = noticeWords[language].badge;
  return [
    { kind: 'image', cid: badgeCid, alt, sizePx: badgeSizePx },
    { kind: 'facts', facts: [{ label: alt, value: recipient.badge }] },
  ];
}

function buttonOf(input: NoticeTextInput): MailBlock[] {
  const { notice, language } = input;
  const words = noticeWords[language];
  if (notice.stopId === null) return [];
  const isCompany = notice.recipient.startsWith('company/') && notice.registrationId !== null;
  const label = isCompany
    ? words.openRegistration
    : notice.data.talks === undefined
      ? words.open
      : words.openMeetings;
  return [{ kind: 'button', label, url: pageUrl(input) }];
}

/** Where more can be read: pages have the language in front of their path. */
function pageUrl({ notice, facts, language }: NoticeTextInput): string {
  const base = `${facts.publicUrl}${language === 'en' ? '/en' : ''}`;
  if (notice.recipient.startsWith('company/') && notice.registrationId !== null)
    return `${base}/company/registrations/${notice.registrationId}`;
  if (notice.kind === 'follow-up-waiting') return `${base}/company/follow-ups`;
  if (notice.stopId === null) return base;
  const stopPage = `${base}/stops/${notice.stopId}`;
  if (notice.kind === 'outcome-announced') return `${stopPage}/results`;
  return notice.data.talks === undefined ? stopPage : `${stopPage}/timetable`;
}

function footerOf(input: NoticeTextInput): string[] {
  const { notice, language, unsubscribeUrl } = input;
  const words = noticeWords[language];
  const stop = stopOf(input);
  const contact = stop?.contact ?? null;
  const reach =
    contact === null ? [] : [contact.name, contact.email, contact.phone].filter((one) => one !== null);
  const sender = stop === undefined ? 'Waystop' : inLanguage(stop.tourName, language);
  return [
    ...(reach.length === 0 ? [] : [`${words.contact}: ${reach.join(' · ')}`]),
    words.why(sender),
    ...(unsubscribeUrl === null || !factsOf(notice.kind).refusable
      ? []
      : [words.unsubscribe(unsubscribeUrl)]),
  ];
}

function stopOf({ notice, facts }: NoticeTextInput): StopFacts | undefined {
  return facts.stops.get(notice.stopId ?? '');
}

/** What the last hour brought: counts by kind and stop, and the companies. */
function digestText(input: NoticeTextInput): MailText {
  const { notice, facts, language } = input;
  const words = noticeWords[language];
  const items = presentDigest(notice.data.digest ?? [], facts.meetings);
  const nameOf = (names: ReadonlyMap<string, Localized>, id: string | null) => {
    const name = names.get(id ?? '');
    return name === undefined ? null : inLanguage(name, language);
  };
  const stopNames = new Map([...facts.stops].map(([id, { name }]) => [id, name]));
  const lines = items.map(({ kind, stopId, companyId, refId }): Fact => {
    const parts = [nameOf(stopNames, stopId), nameOf(facts.companyNames, companyId)];
    const about = kind === 'unreachable' ? [...parts, refId] : parts;
    return {
      label: words.digest[kind as keyof typeof words.digest] ?? kind,
      value: about.filter((part) => part !== null).join(' · '),
    };
  });
  const isCompany = notice.kind === 'company-digest';
  const subject = words.digestSubject('Waystop', items.length);
  return {
    subject,
    heading: words.digestHeading,
    blocks: [
      ...(isCompany && items.some(({ kind }) => kind === 'unreachable')
        ? [{ kind: 'paragraph' as const, text: words.unreachable }]
        : []),
      { kind: 'facts', facts: lines },
      {
        kind: 'button',
        label: isCompany ? words.openCompany : words.openConsole,
        url: `${facts.publicUrl}${language === 'en' ? '/en' : ''}/${isCompany ? 'company' : 'console'}`,
      },
    ],
    footer: [],
  };
}
