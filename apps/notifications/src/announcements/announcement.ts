import { Problem, formatInstant, type Announcement, type Audience, type Localized } from '#contracts';

/** An organizer's letter to many, as it is stored. */
export interface AnnouncementRecord {
  readonly id: string;
  readonly organizationId: string;
  readonly stopId: string;
  readonly audience: Audience;
  readonly subject: Localized;
  readonly text: Localized;
  readonly status: 'draft' | 'approved' | 'sending' | 'sent' | 'stopped';
  readonly recipients: number | null;
  readonly createdAt: Date;
  readonly approvedAt: Date | null;
  readonly version: number;
}

/** What became of its mails. */
export interface MailCounts {
  readonly sent: number;
  /** Mails that still wait to be sent. */
  readonly open: number;
}

/** Time to think better of it. */
export const graceMs = 60_000;

/** The state that the clock and the mails make of the stored one. */
export function statusOf(
  { status, approvedAt }: Pick<AnnouncementRecord, 'status' | 'approvedAt'>,
  counts: MailCounts,
  now: Date,
): AnnouncementRecord['status'] {
  if (status !== 'approved' || approvedAt === null) return status;
  if (now.getTime() < approvedAt.getTime() + graceMs) return 'approved';
  return counts.open > 0 ? 'sending' : 'sent';
}

/** @throws Problem `announcement.invalid_transition` */
export function refuseUnless(
  status: AnnouncementRecord['status'],
  allowed: readonly AnnouncementRecord['status'][],
  what: string,
): void {
  if (!allowed.includes(status))
    throw new Problem(
      'announcement.invalid_transition',
      `An announcement that is ${status} can't be ${what}.`,
    );
}

export function presentAnnouncement(record: AnnouncementRecord, counts: MailCounts, now: Date): Announcement {
  const { id, stopId, audience, subject, text, recipients, createdAt, approvedAt, version } = record;
  return {
    id,
    stopId,
    audience,
    subject,
    text,
    status: statusOf(record, counts, now),
    recipients,
    sent: counts.sent,
    createdAt: formatInstant(createdAt),
    approvedAt: approvedAt === null ? null : formatInstant(approvedAt),
    version,
  };
}
