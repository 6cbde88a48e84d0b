import { DateTime } from 'luxon';
import type { QuietRule } from '../templates/mail-kind.js';

export interface QuietHours {
  /** On the stop's clock: `21:00`. */
  readonly from: string;
  readonly to: string;
}

const soonMs = 72 * 3_600_000;

/**
 * When a mail may go: at once, or when the night is over where it comes.
 * @param startsAt of the stop: what is near can't wait
 */
export function afterQuietHours(
  due: Date,
  rule: QuietRule,
  quiet: QuietHours | null,
  stop: { readonly timeZone: string; readonly startsAt: string } | null,
): Date {
  if (quiet === null || rule === 'ignores' || quiet.from === quiet.to) return due;
  const isSoon = stop !== null && Date.parse(stop.startsAt) - due.getTime() < soonMs;
  if (rule === 'ignores_if_soon' && isSoon) return due;
  const local = DateTime.fromJSDate(due, { zone: stop?.timeZone ?? 'Asia/Shanghai' });
  const now = local.toFormat('HH:mm');
  const overnight = quiet.from > quiet.to;
  const isQuiet = overnight ? now >= quiet.from || now < quiet.to : now >= quiet.from && now < quiet.to;
  if (!isQuiet) return due;
  const [hour = 0, minute = 0] = quiet.to.split(':').map(Number);
  const end = local.set({ hour, minute, second: 0, millisecond: 0 });
  return (end <= local ? end.plus({ days: 1 }) : end).toJSDate();
}
