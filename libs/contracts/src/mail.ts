import { z } from 'zod';
import { request } from './contract.js';
import { registrationStatuses } from './registrations.js';
import { readBy } from './values/reading.js';
import {
  Email,
  Id,
  LocalizedName,
  LocalizedNameInput,
  LocalizedText,
  LocalizedTextInput,
  Page,
  Version,
  line,
  pageOf,
  statesOf,
  text,
  wholeNumber,
} from './values/values.js';

export const mailLanguages = ['zh', 'en'] as const;
const MailLanguage = z.enum(mailLanguages);

// ── Settings ────────────────────────────────────────────────────────────────────────────────────

/** How an entry for the calendar comes with a mail: as an invitation that follows changes, as a file, or not at all. */
export const calendarModes = ['invite', 'attach', 'none'] as const;

const ClockTime = readBy(
  (given) =>
    /^(?:[01]\d|2[0-3]):[0-5]\d$/.test(given) ? { value: given } : { fault: 'must be a time such as 21:00' },
  { maxLength: 5, examples: ['21:00', '08:00'] },
);

/** Whole days before a stop begins. */
const ReminderOffset = readBy(
  (given) =>
    /^P(?:[1-9]|[12]\d|30)D$/.test(given)
      ? { value: given }
      : { fault: 'must be whole days before the stop, from P1D to P30D' },
  { maxLength: 4, examples: ['P7D', 'P1D'] },
);

const QuietHours = z.strictObject({ from: ClockTime, to: ClockTime });
const Reminders = z
  .array(ReminderOffset)
  .max(5)
  .refine((offsets) => new Set(offsets).size === offsets.length, { error: 'must not name one twice' });

export const NotificationSettings = z.object({
  /** Where answers to mails go, and the organizer's own mails. */
  replyTo: z.string().nullable(),
  /** Of those who named no language; `null` writes both, Chinese first. */
  defaultLanguage: MailLanguage.nullable(),
  calendarMode: z.enum(calendarModes),
  /** On the stop's clock; `null` for none. What can't wait is sent all the same. */
  quietHours: z.object({ from: z.string(), to: z.string() }).nullable(),
  reminders: z.array(z.string()),
  version: Version,
});
export type NotificationSettings = z.output<typeof NotificationSettings>;

export const getNotificationSettings = request('rpc.notifications.get-notification-settings.v1', {
  input: z.strictObject({}),
  output: NotificationSettings,
});

export const updateNotificationSettings = request('rpc.notifications.update-notification-settings.v1', {
  input: z.strictObject({
    body: z.strictObject({
      replyTo: Email.nullish(),
      defaultLanguage: MailLanguage.nullish(),
      calendarMode: z.enum(calendarModes).nullish(),
      quietHours: QuietHours.nullish(),
      reminders: Reminders.nullish(),
    }),
  }),
  output: NotificationSettings,
  errors: ['precondition.failed'],
});

// ── Templates ───────────────────────────────────────────────────────────────────────────────────

const maxTemplateLength = 10_000;

export const MailTemplate = z.object({
  kind: z.string(),
  language: MailLanguage,
  subject: z.string(),
  /** Markdown; what stands in braces is filled in. */
  text: z.string(),
  /** The names that may stand in braces. */
  placeholders: z.array(z.string()),
  /** Whether it is the text that comes with the installation. */
  isDefault: z.boolean(),
});
export type MailTemplate = z.output<typeof MailTemplate>;

export const listMailTemplates = request('rpc.notifications.list-mail-templates.v1', {
  input: z.strictObject({}),
  output: pageOf(MailTemplate),
});

const oneTemplate = { kind: line(60), language: MailLanguage };
const templateBody = z.strictObject({ subject: line(200), text: text(maxTemplateLength) });

export const putMailTemplate = request('rpc.notifications.put-mail-template.v1', {
  input: z.strictObject({ ...oneTemplate, body: templateBody }),
  output: MailTemplate,
  errors: ['resource.not_found', 'mail.template_invalid'],
});

/** Goes back to the text that comes with the installation. */
export const deleteMailTemplate = request('rpc.notifications.delete-mail-template.v1', {
  input: z.strictObject(oneTemplate),
  output: z.null(),
  errors: ['resource.not_found'],
});

export const previewMailTemplate = request('rpc.notifications.preview-mail-template.v1', {
  input: z.strictObject({ ...oneTemplate, body: templateBody }),
  output: z.object({ subject: z.string(), html: z.string(), text: z.string() }),
  errors: ['resource.not_found', 'mail.template_invalid'],
});

// ── Mails ───────────────────────────────────────────────────────────────────────────────────────

export const mailStates = ['planned', 'sent', 'deferred', 'failed', 'dropped'] as const;

/** A mail to one person, without the address. */
export const Mail = z.object({
  id: z.string(),
  kind: z.string(),
  recipient: z.object({
    delegateId: z.string().optional(),
    companyId: z.string().optional(),
    sessionId: z.string().optional(),
    speakerId: z.string().optional(),
  }),
  state: z.enum(mailStates),
  reason: z.string().nullable(),
  /** When it was sent or last tried, else when it is due. */
  at: z.string(),
});

export const listMails = request('rpc.notifications.list-mails.v1', {
  input: z.strictObject({ stopId: Id, state: statesOf(mailStates).optional(), ...Page.shape }),
  output: pageOf(Mail),
  errors: ['resource.not_found'],
});

export const retryMail = request('rpc.notifications.retry-mail.v1', {
  input: z.strictObject({ id: Id }),
  output: Mail,
  errors: ['resource.not_found', 'mail.not_configured', 'mail.invalid_transition'],
});

// ── Announcements ───────────────────────────────────────────────────────────────────────────────

export const announcementStatuses = ['draft', 'approved', 'sending', 'sent', 'stopped'] as const;

const audienceFields = {
  /** Reaches the delegates of such registrations and their companies' contacts. */
  registrations: z.array(z.enum(registrationStatuses)).min(1).max(registrationStatuses.length).optional(),
  /** Of the accepted and scheduled sessions. */
  speakers: z.literal(true).optional(),
  /** Those who signed up for it. */
  sessionId: Id.optional(),
  /** Keeps, of the delegates, those who have checked in or those who have not. */
  checkedIn: z.boolean().optional(),
};
const AudienceInput = z
  .strictObject(audienceFields)
  .refine(
    ({ registrations, speakers, sessionId }) =>
      registrations !== undefined || speakers !== undefined || sessionId !== undefined,
    { error: 'needs "registrations", "speakers" or "sessionId": nobody is meant otherwise' },
  );
export const Audience = z.object(audienceFields);
export type Audience = z.output<typeof Audience>;

export const Announcement = z.object({
  id: z.string(),
  stopId: z.string(),
  audience: Audience,
  subject: LocalizedName,
  text: LocalizedText,
  status: z.enum(announcementStatuses),
  /** As approved; `null` in a draft. */
  recipients: z.number().int().nullable(),
  sent: z.number().int(),
  createdAt: z.string(),
  approvedAt: z.string().nullable(),
  version: Version,
});
export type Announcement = z.output<typeof Announcement>;

export const createAnnouncement = request('rpc.notifications.create-announcement.v1', {
  input: z.strictObject({
    stopId: Id,
    body: z.strictObject({
      audience: AudienceInput,
      subject: LocalizedNameInput,
      text: LocalizedTextInput,
    }),
  }),
  output: Announcement,
  errors: ['resource.not_found', 'mail.template_invalid'],
});

export const listAnnouncements = request('rpc.notifications.list-announcements.v1', {
  input: z.strictObject({ stopId: Id, ...Page.shape }),
  output: pageOf(Announcement),
  errors: ['resource.not_found'],
});

export const getAnnouncement = request('rpc.notifications.get-announcement.v1', {
  input: z.strictObject({ id: Id }),
  output: Announcement,
  errors: ['resource.not_found'],
});

export const previewAnnouncement = request('rpc.notifications.preview-announcement.v1', {
  input: z.strictObject({ id: Id }),
  output: z.object({
    recipients: z.number().int(),
    samples: z.array(
      z.object({ language: z.string(), subject: z.string(), html: z.string(), text: z.string() }),
    ),
  }),
  errors: ['resource.not_found'],
});

export const approveAnnouncement = request('rpc.notifications.approve-announcement.v1', {
  input: z.strictObject({ id: Id, body: z.strictObject({ recipients: wholeNumber(0, 1_000_000) }) }),
  output: Announcement,
  errors: [
    'resource.not_found',
    'precondition.failed',
    'mail.not_configured',
    'announcement.audience_changed',
    'announcement.audience_empty',
    'announcement.invalid_transition',
  ],
});

export const stopAnnouncement = request('rpc.notifications.stop-announcement.v1', {
  input: z.strictObject({ id: Id }),
  output: Announcement,
  errors: ['resource.not_found', 'precondition.failed', 'announcement.invalid_transition'],
});

// ── Unsubscribing ───────────────────────────────────────────────────────────────────────────────

const oneToken = z.strictObject({ token: line(200) });

/** The page behind the link in a mail. It changes nothing: firewalls follow links. */
export const showUnsubscribe = request('rpc.notifications.show-unsubscribe.v1', {
  input: oneToken,
  output: z.object({ html: z.string() }),
  errors: ['resource.not_found'],
});

/** Ends announcements and reminders of one organization to one address (RFC 8058). */
export const unsubscribe = request('rpc.notifications.unsubscribe.v1', {
  input: oneToken,
  output: z.object({ html: z.string() }),
  errors: ['resource.not_found'],
});
