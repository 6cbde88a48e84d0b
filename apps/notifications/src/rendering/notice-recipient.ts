import type { Language, MailLanguage } from '../mail/mail-text.js';
import { factsOf } from '../templates/mail-kind.js';
import type { Notice } from '../notices/notice.js';
import type { NoticeFacts } from './notice-facts.js';
import { presentDigest } from './present-digest.js';
import { afterQuietHours } from '../notices/quiet-hours.js';
import { reminderJitterMs, maxReminderLateMs } from '../notices/reminder-times.js';

/** To whom a mail goes, as the owner of the person says now. */
export interface NoticeRecipient {
  readonly name: string;
  readonly email: string;
  readonly language: MailLanguage;
  readonly badge: string | null;
}

/** Mails that still go to those who have left, since they are about the leaving. */
const toDeparted: readonly string[] = [
  'seat-passed-on',
  'seat-cancelled',
  'stop-cancelled',
  'session-cancelled',
  'meeting-cancelled',
];

/**
 * The recipient of a mail; null where the owner names nobody any more, or somebody with another address.
 * @param hashOf the keyed hash of an address
 */
export function recipientOf(
  notice: Notice,
  facts: NoticeFacts,
  hashOf: (email: string) => string,
): NoticeRecipient | null {
  const { recipient, organizationId, companyId } = notice;
  const settings = facts.settings.get(organizationId);
  const contact = companyId === null ? undefined : facts.contacts.get(companyId);
  const languageOf = (own: Language | null): MailLanguage =>
    own ?? contact?.language ?? settings?.defaultLanguage ?? 'both';
  const isMeant = (email: string) => notice.addressHash === null || hashOf(email) === notice.addressHash;
  if (recipient.startsWith('organization/')) {
    const email = settings?.replyTo ?? null;
    return email === null
      ? null
      : { name: '', email, language: settings?.defaultLanguage ?? 'both', badge: null };
  }
  if (recipient.startsWith('company/')) {
    if (contact === undefined) return null;
    return { name: contact.name, email: contact.email, language: languageOf(null), badge: null };
  }
  if (recipient.startsWith('speaker/')) {
    const speakers = facts.sessions.get(notice.sessionId ?? '')?.speakers ?? [];
    const speaker = speakers.find(
      ({ speakerId, email }) => speakerId === notice.speakerId && email !== null && isMeant(email),
    );
    if (speaker === undefined || speaker.email === null) return null;
    return { name: speaker.name, email: speaker.email, language: languageOf(speaker.language), badge: null };
  }
  const delegate = delegateOf(notice, facts, isMeant);
  return delegate === null ? null : { ...delegate, language: languageOf(delegate.language) };
}

function delegateOf(
  { registrationId, delegateId, kind }: Notice,
  { people, departed }: NoticeFacts,
  isMeant: (email: string) => boolean,
): { name: string; email: string; language: Language | null; badge: string | null } | null {
  const present = people
    .get(registrationId ?? '')
    ?.delegates.find(({ id, email }) => id === delegateId && isMeant(email));
  if (present !== undefined) return present;
  if (!toDeparted.includes(kind)) return null;
  const gone = departed
    .get(registrationId ?? '')
    ?.find((one) => one.delegateId === delegateId && isMeant(one.email));
  return gone === undefined
    ? null
    : { name: gone.name, email: gone.email, language: gone.language, badge: null };
}

const registrationStatusOf: Readonly<Record<string, readonly string[]>> = {
  'registration-confirmed': ['confirmed'],
  'registration-promoted': ['confirmed', 'pending'],
  'registration-pending': ['pending'],
  'registration-waitlisted': ['waitlisted'],
  'registration-declined': ['declined'],
  'registration-cancelled': ['cancelled'],
  'seat-confirmed': ['confirmed'],
  'seat-promoted': ['confirmed'],
  badge: ['confirmed'],
  reminder: ['confirmed'],
  'stop-rescheduled': ['confirmed', 'pending', 'waitlisted'],
  'stop-changed': ['confirmed'],
};
const endsWithStop: readonly string[] = [
  'registration-cancelled',
  'seat-cancelled',
  'seat-passed-on',
  'stop-cancelled',
];

/** Why a mail is not true any more, or comes too late; null while it is worth sending. */
export function whyOvertaken(
  notice: Notice,
  facts: NoticeFacts,
  recipient: NoticeRecipient,
  now: Date,
): string | null {
  const { kind, registrationId, stopId } = notice;
  const status = facts.people.get(registrationId ?? '')?.status;
  const wanted = registrationStatusOf[kind];
  if (wanted !== undefined && (status === undefined || !wanted.includes(status))) return 'no longer true';
  const meeting = whyMeetingOvertaken(notice, facts, now);
  if (meeting !== null) return meeting;
  const stop = facts.stops.get(stopId ?? '');
  if (stopId !== null && stop === undefined) return 'the stop is not public';
  if (kind === 'stop-cancelled') return stop?.status === 'cancelled' ? null : 'no longer true';
  const isOfRegistration = wanted !== undefined || kind.includes('reminder');
  if (isOfRegistration && stop?.status === 'cancelled' && !endsWithStop.includes(kind))
    return 'the stop is cancelled';
  if (kind.includes('reminder') && isLateReminder(notice, facts, now)) return 'too late';
  if ((kind === 'badge' || kind === 'reminder') && recipient.badge === null) return 'there is no badge';
  return null;
}

/** Mails were held, or the server was away, for so long that a reminder says tomorrow of what is today. */
function isLateReminder(
  { kind, organizationId, stopId, createdAt }: Notice,
  { settings, stops }: NoticeFacts,
  now: Date,
): boolean {
  const quiet = settings.get(organizationId)?.quietHours ?? null;
  const due = afterQuietHours(createdAt, factsOf(kind).quiet, quiet, stops.get(stopId ?? '') ?? null);
  return now.getTime() - due.getTime() > maxReminderLateMs + reminderJitterMs;
}

/**
 * Invitations hold while that person is to come to the meeting, lines of digests while companies wait. A cancellation
 * holds always: the mail of a newer invitation to the same entry would have overtaken it.
 */
function whyMeetingOvertaken(
  { kind, delegateId, data }: Notice,
  { meetings }: NoticeFacts,
  now: Date,
): string | null {
  if (data.digest !== undefined)
    return presentDigest(data.digest, meetings).length > 0 ? null : 'no longer true';
  if (data.meeting === undefined || kind === 'meeting-cancelled') return null;
  const meeting = meetings.get(data.meeting.meetingId);
  const people = [meeting?.asker.delegateId, meeting?.asked.delegateId];
  if (meeting?.status !== 'scheduled' || meeting.startsAt === null || !people.includes(delegateId))
    return 'no longer true';
  return Date.parse(meeting.startsAt) <= now.getTime() ? 'too late' : null;
}
