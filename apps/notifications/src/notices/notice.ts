import type { mailStates } from '#contracts';
import type { SmtpOutcome } from '../mail/smtp-outcome.js';
import type { NoticeKind } from '../templates/mail-kind.js';
import type { NoticeData } from './planned-notice.js';

/** A mail to one recipient, as it is stored: ids and keyed hashes. */
export interface Notice {
  readonly id: string;
  readonly kind: NoticeKind;
  readonly priority: number;
  readonly recipient: string;
  readonly occurrence: string;
  readonly organizationId: string;
  readonly stopId: string | null;
  readonly registrationId: string | null;
  readonly companyId: string | null;
  readonly delegateId: string | null;
  readonly sessionId: string | null;
  readonly speakerId: string | null;
  readonly announcementId: string | null;
  readonly addressHash: string | null;
  readonly domainKey: string | null;
  readonly data: NoticeData;
  readonly state: NoticeState;
  readonly reason: string | null;
  readonly dueAt: Date;
  readonly attempts: number;
  readonly uncertain: number;
  readonly createdAt: Date;
  readonly at: Date | null;
}

/** `sending` is written before the connection is used: what happened to such a mail nobody knows after a crash. */
export type NoticeState = (typeof mailStates)[number] | 'sending';

/** What becomes of a mail after a try. */
export interface Settlement {
  readonly state: Exclude<NoticeState, 'sending'>;
  readonly reason: string | null;
  /** How long to wait before the next try, in milliseconds. */
  readonly waitMs: number;
  /** Whether nobody knows whether the mail arrived. */
  readonly isUncertain: boolean;
  /** Whether the try counts: not, where nothing can be sent at all. */
  readonly counts: boolean;
}

const minuteMs = 60_000;
const waitsMs = [minuteMs, 5 * minuteMs, 15 * minuteMs, 30 * minuteMs, 60 * minuteMs];
/** A mail that was deferred this long is given up. */
const maxAgeMs = 72 * 60 * minuteMs;
/** Tries of which nobody knows the outcome: a second copy at most. */
export const maxUncertain = 2;
export const uncertainWaitMs = 10 * minuteMs;

/** Decides by the outcome of a try what becomes of a mail. */
export function settle(
  notice: Pick<Notice, 'attempts' | 'uncertain' | 'createdAt'>,
  outcome: SmtpOutcome,
  at: Date,
): Settlement {
  if (outcome.kind === 'accepted')
    return { state: 'sent', reason: null, waitMs: 0, isUncertain: false, counts: true };
  const { reason } = outcome;
  const ended = { state: 'failed' as const, reason, waitMs: 0, isUncertain: false, counts: true };
  const isOld = at.getTime() - notice.createdAt.getTime() > maxAgeMs;
  switch (outcome.kind) {
    case 'account_deferred':
      // The mail itself was not tried: it goes in its turn when the server is back, however long that takes.
      return { ...ended, state: 'deferred', counts: false };
    case 'deferred':
    case 'domain_deferred':
      return isOld ? ended : { ...ended, state: 'deferred', waitMs: waitAfter(notice.attempts) };
    case 'unknown':
      return notice.uncertain + 1 >= maxUncertain
        ? { ...ended, isUncertain: true }
        : { ...ended, state: 'deferred', waitMs: uncertainWaitMs, isUncertain: true };
    case 'suppressed':
    case 'failed':
      return ended;
  }
}

function waitAfter(attempts: number): number {
  return waitsMs[Math.min(attempts, waitsMs.length - 1)] ?? minuteMs;
}
