import { dayOf, timeOf } from './time.js';

/** What a clock in a zone shows at an instant, as `2027-01-16T09:00`: the value of a field for date and time. */
export function localOf(instant: string, zone: string): string {
  return `${dayOf(instant, zone)}T${timeOf(instant, zone)}`;
}

/** The instant at which a clock in a zone shows this, or `null` for what is no date. A time that is left out in spring is the one an hour later. */
export function instantOf(local: string, zone: string): string | null {
  const wantedMs = Date.parse(`${local}Z`);
  if (Number.isNaN(wantedMs)) return null;
  // The offset at the wrong instant may differ from that at the right one, so it is looked at twice.
  let atMs = wantedMs;
  for (let round = 0; round < 2; round += 1) {
    const shownMs = Date.parse(`${localOf(new Date(atMs).toISOString(), zone)}Z`);
    atMs += wantedMs - shownMs;
  }
  return new Date(atMs).toISOString().replace('.000Z', 'Z');
}
