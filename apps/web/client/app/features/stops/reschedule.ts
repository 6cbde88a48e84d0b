import type { Session } from '#contracts/sessions';
import type { Stop } from '#contracts/stops';
import { instantOf, localOf } from '../../../../shared/local-time.js';

/** What a stop would be after another start and end. Speakers' other sessions, which the API looks at too, are not known here. */
export interface ReschedulePreview {
  readonly startsAt: string;
  readonly endsAt: string;
  readonly isSame: boolean;
  readonly endsFirst: boolean;
  readonly closesAt: string;
  readonly changesUntil: string;
  readonly moving: readonly Session[];
  /** The sessions that the new time has no room for. */
  readonly lost: readonly Session[];
  readonly overlapping: readonly Stop[];
}

interface Around {
  readonly stop: Stop;
  readonly sessions: readonly Session[];
  /** The other stops of its tour; none where they may overlap. */
  readonly others: readonly Stop[];
}

/** @param startsAt and `endsAt` as typed, on the clock of the stop. @returns null until both are dates. */
export function previewReschedule(
  startsAt: string,
  endsAt: string,
  { stop, sessions, others }: Around,
): ReschedulePreview | null {
  const start = instantOf(startsAt, stop.timeZone);
  const end = instantOf(endsAt, stop.timeZone);
  if (start === null || end === null) return null;
  const shiftMs = wallMs(start, stop.timeZone) - wallMs(stop.startsAt, stop.timeZone);
  const scheduled = sessions.filter(({ status }) => status === 'scheduled');
  const isWithin = ({ startsAt: from, endsAt: to }: Session): boolean =>
    from !== null &&
    to !== null &&
    ms(shifted(from, shiftMs, stop.timeZone)) >= ms(start) &&
    ms(shifted(to, shiftMs, stop.timeZone)) <= ms(end);
  return {
    startsAt: start,
    endsAt: end,
    isSame: ms(start) === ms(stop.startsAt) && ms(end) === ms(stop.endsAt),
    endsFirst: ms(end) <= ms(start),
    closesAt: earlier(shifted(stop.registration.closesAt, shiftMs, stop.timeZone), end),
    changesUntil: earlier(shifted(stop.registration.changesUntil, shiftMs, stop.timeZone), end),
    moving: scheduled.filter(isWithin),
    lost: scheduled.filter((one) => !isWithin(one)),
    overlapping: others.filter(
      (other) =>
        other.id !== stop.id &&
        other.status !== 'cancelled' &&
        ms(other.startsAt) < ms(end) &&
        ms(start) < ms(other.endsAt),
    ),
  };
}

const ms = (instant: string): number => Date.parse(instant);

/** What the clock of the zone shows, as a number that can be subtracted. */
const wallMs = (instant: string, zone: string): number => Date.parse(`${localOf(instant, zone)}Z`);

/** Later by so much on the clock on the wall, also over a change to summer time. */
function shifted(instant: string, byMs: number, zone: string): string {
  const local = new Date(wallMs(instant, zone) + byMs).toISOString().slice(0, 16);
  return instantOf(local, zone) ?? instant;
}

const earlier = (a: string, b: string): string => (ms(a) <= ms(b) ? a : b);
