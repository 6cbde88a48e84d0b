/** RFC 3339, 5.6; its 5.8 has the leap second. */
const dateTime =
  /^(\d{4}-\d\d-\d\d)t([01]\d|2[0-3]):([0-5]\d):([0-5]\d|60)(?:\.(\d+))?(?:z|([+-])([01]\d|2[0-3]):([0-5]\d))$/i;

/**
 * The instant of an RFC 3339 text in milliseconds since the epoch, what is below a millisecond cut off; null where it is
 * none. Second 60 is the next second, as POSIX time has it.
 */
export function parseInstant(text: string): number | null {
  const [, date, hour, minute, second, fraction = '', sign, offsetHours = '0', offsetMinutes = '0'] =
    dateTime.exec(text) ?? [];
  if (date === undefined) return null;
  const midnight = Date.parse(`${date}T00:00:00Z`);
  // Date.parse takes 30 February for 1 March.
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== date) return null;
  const offset = (Number(offsetHours) * 60 + Number(offsetMinutes)) * (sign === '-' ? -1 : 1);
  const minutes = Number(hour) * 60 + Number(minute) - offset;
  return midnight + minutes * 60_000 + Number(second) * 1_000 + Number(fraction.slice(0, 3).padEnd(3, '0'));
}

/** An instant as answers show it: UTC with `Z`, no fraction when it is zero. */
export function formatInstant(date: Date): string {
  return date.toISOString().replace('.000Z', 'Z');
}
