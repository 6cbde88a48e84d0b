import { formatInstant, invalidField, maxSlots, type SlotsGiven } from '#contracts';

export interface Slot {
  readonly startsAt: string;
  readonly endsAt: string;
}

const minuteMs = 60_000;

/** The slots of a stop, in order of time. Throws `request.invalid` where they leave the stop, or overlap each other. */
export function slotsOf(given: SlotsGiven, stop: { startsAt: string; endsAt: string }): Slot[] {
  const lengthMs = given.minutes * minuteMs;
  const starts =
    'starts' in given ? given.starts.map((one) => Date.parse(one)).sort((a, b) => a - b) : regular(given);
  const where = 'starts' in given ? '/slots/starts' : '/slots';
  if (starts.length === 0) throw invalidField(where, 'hold no slot');
  if (starts.length > maxSlots) throw invalidField(where, `hold more than ${maxSlots} slots`);
  if (starts.some((start, at) => start + lengthMs > (starts[at + 1] ?? Infinity)))
    throw invalidField(where, 'overlap each other');
  const [first, last] = [starts[0] ?? 0, (starts.at(-1) ?? 0) + lengthMs];
  if (first < Date.parse(stop.startsAt) || last > Date.parse(stop.endsAt))
    throw invalidField(where, 'must lie inside the stop');
  return starts.map((start) => ({
    startsAt: formatInstant(new Date(start)),
    endsAt: formatInstant(new Date(start + lengthMs)),
  }));
}

function regular(given: Exclude<SlotsGiven, { starts: string[] }>): number[] {
  const [from, to] = [Date.parse(given.from), Date.parse(given.to)];
  if (from >= to) throw invalidField('/slots/to', 'must lie behind "from"');
  const stepMs = (given.minutes + given.breakMinutes) * minuteMs;
  const count = Math.floor((to - from - given.minutes * minuteMs) / stepMs) + 1;
  if (count > maxSlots) throw invalidField('/slots', `hold more than ${maxSlots} slots`);
  return Array.from({ length: Math.max(count, 0) }, (_, at) => from + at * stepMs);
}
