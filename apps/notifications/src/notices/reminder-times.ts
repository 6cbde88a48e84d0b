import { DateTime } from 'luxon';

/** A reminder that could not be sent for longer than this comes too late to help. */
export const maxReminderLateMs = 6 * 3_600_000;
const hourOfReminders = 9;
export const reminderJitterMs = 20 * 60_000;

/** Of `P7D`: 7. */
export function daysOf(offset: string): number {
  return Number(/^P(\d+)D$/.exec(offset)?.[1] ?? 0);
}

/** Nine o'clock on the stop's clock, so many days before the day on which it begins. */
export function reminderAt(
  stop: { readonly startsAt: string; readonly timeZone: string },
  offset: string,
): Date {
  const day = DateTime.fromISO(stop.startsAt, { zone: stop.timeZone }).startOf('day');
  return day
    .minus({ days: daysOf(offset) })
    .set({ hour: hourOfReminders })
    .toJSDate();
}

/** Spreads the reminders of a stop over some minutes, the same for the same person. */
export function withJitter(at: Date, recipientId: string): Date {
  const digits = Number.parseInt(recipientId.replaceAll('-', '').slice(-8), 16);
  return new Date(at.getTime() + ((Number.isNaN(digits) ? 0 : digits) % reminderJitterMs));
}

/** What becomes of a reminder whose time has come. */
export function reminderDecision(
  dueAt: Date,
  stop: { readonly status: string; readonly startsAt: string },
  now: Date,
): 'send' | 'missed' | 'void' {
  if (stop.status !== 'published' || Date.parse(stop.startsAt) <= now.getTime()) return 'void';
  return now.getTime() - dueAt.getTime() > maxReminderLateMs ? 'missed' : 'send';
}
