import type { MeetingRules } from '#contracts/meetings';
import type { Stop } from '#contracts/stops';
import { instantOf, localOf } from '../../../../shared/local-time.js';
import { dayOf } from '../../../../shared/time.js';

/** The rules of a stop as they are typed: dates on the clock of its zone. */
export interface RulesDraft {
  readonly scheduling: string;
  /** `range`: one after the other from a time to a time; `list`: each start by itself. */
  readonly slots: string;
  readonly from: string;
  readonly to: string;
  readonly minutes: string;
  readonly breakMinutes: string;
  /** One start a line, such as `2027-01-16 09:00`. */
  readonly starts: string;
  readonly tables: string;
  readonly requestQuota: string;
  readonly expiresHours: string;
  readonly opensAt: string;
  readonly closesAt: string;
}

type Where = Pick<Stop, 'startsAt' | 'endsAt' | 'timeZone' | 'registration'>;

/** What a stop begins with that has no rules yet. */
export function firstRules({ startsAt, endsAt, timeZone, registration }: Where): RulesDraft {
  const local = (instant: string): string => localOf(instant, timeZone);
  return {
    scheduling: 'organizer',
    slots: 'range',
    from: local(startsAt),
    to: local(endsAt),
    minutes: '20',
    breakMinutes: '5',
    starts: '',
    tables: '10',
    requestQuota: '10',
    expiresHours: '72',
    opensAt: local(registration.opensAt),
    closesAt: local(startsAt),
  };
}

/** Rules that are there, as they would have been typed. */
export function draftOfRules(rules: MeetingRules, stop: Where): RulesDraft {
  const local = (instant: string): string => localOf(instant, stop.timeZone);
  const { slots } = rules;
  const first = firstRules(stop);
  return {
    scheduling: rules.scheduling,
    minutes: String(slots.minutes),
    ...('starts' in slots
      ? {
          slots: 'list',
          from: first.from,
          to: first.to,
          breakMinutes: first.breakMinutes,
          starts: linesOf(slots.starts, stop.timeZone),
        }
      : {
          slots: 'range',
          from: local(slots.from),
          to: local(slots.to),
          breakMinutes: String(slots.breakMinutes),
          starts: '',
        }),
    tables: String(rules.tables),
    requestQuota: String(rules.requestQuota),
    expiresHours: String(rules.expiresHours),
    opensAt: local(rules.opensAt),
    closesAt: local(rules.closesAt),
  };
}

/** The body of the request; what can't be read goes as it is, so that the API says what is wrong, at its field. */
export function rulesBody(draft: RulesDraft, timeZone: string) {
  const instant = (local: string): string => instantOf(local, timeZone) ?? local;
  return {
    scheduling: draft.scheduling,
    slots:
      draft.slots === 'list'
        ? { minutes: wholeOf(draft.minutes), starts: startLines(draft.starts).map((one) => instant(one)) }
        : {
            from: instant(draft.from),
            to: instant(draft.to),
            minutes: wholeOf(draft.minutes),
            breakMinutes: wholeOf(draft.breakMinutes),
          },
    tables: wholeOf(draft.tables),
    requestQuota: wholeOf(draft.requestQuota),
    expiresHours: wholeOf(draft.expiresHours),
    opensAt: instant(draft.opensAt),
    closesAt: instant(draft.closesAt),
  };
}

export type RulesFault =
  | 'missing'
  | { readonly kind: 'whole'; readonly from: number; readonly to: number }
  | { readonly kind: 'line'; readonly text: string }
  | 'outside'
  | 'overlap'
  | 'order'
  | 'afterStop';

/** Pointers and the limits of the numbers behind them. */
const limits = [
  ['minutes', '/slots/minutes', 5, 240],
  ['breakMinutes', '/slots/breakMinutes', 0, 1_440],
  ['tables', '/tables', 1, 500],
  ['requestQuota', '/requestQuota', 1, 1_000],
  ['expiresHours', '/expiresHours', 1, 720],
] as const;

/** What is wrong with a draft, by the pointer of its value: the same rules that the API has. */
export function faultsOfRules(draft: RulesDraft, stop: Where): Map<string, RulesFault> {
  const faults = new Map<string, RulesFault>();
  for (const [name, pointer, from, to] of limits) {
    if (name === 'breakMinutes' && draft.slots === 'list') continue;
    const number = wholeOf(draft[name]);
    if (typeof number === 'string' || number < from || number > to)
      faults.set(pointer, { kind: 'whole', from, to });
  }
  const opens = instantOf(draft.opensAt, stop.timeZone);
  const closes = instantOf(draft.closesAt, stop.timeZone);
  if (opens === null) faults.set('/opensAt', 'missing');
  if (closes === null) faults.set('/closesAt', 'missing');
  if (opens !== null && closes !== null && Date.parse(opens) >= Date.parse(closes))
    faults.set('/closesAt', 'order');
  else if (closes !== null && Date.parse(closes) > Date.parse(stop.endsAt))
    faults.set('/closesAt', 'afterStop');
  for (const [pointer, fault] of slotFaults(draft, stop)) faults.set(pointer, fault);
  return faults;
}

function slotFaults(draft: RulesDraft, stop: Where): [string, RulesFault][] {
  if (draft.slots === 'list') {
    const wrong = startLines(draft.starts).find((line) => instantOf(line, stop.timeZone) === null);
    if (wrong !== undefined) return [['/slots/starts', { kind: 'line', text: wrong }]];
    if (startLines(draft.starts).length === 0) return [['/slots/starts', 'missing']];
  } else {
    const [from, to] = [instantOf(draft.from, stop.timeZone), instantOf(draft.to, stop.timeZone)];
    if (from === null) return [['/slots/from', 'missing']];
    if (to === null) return [['/slots/to', 'missing']];
    if (Date.parse(from) >= Date.parse(to)) return [['/slots/to', 'order']];
  }
  const where = draft.slots === 'list' ? '/slots/starts' : '/slots/from';
  const slots = slotsOfDraft(draft, stop.timeZone);
  const lengthMs = Number(wholeOf(draft.minutes)) * minuteMs;
  if (slots.some((start, at) => start + lengthMs > (slots[at + 1] ?? Infinity))) return [[where, 'overlap']];
  const [first, last] = [slots[0], slots.at(-1)];
  const isOutside =
    first !== undefined &&
    last !== undefined &&
    (first < Date.parse(stop.startsAt) || last + lengthMs > Date.parse(stop.endsAt));
  return isOutside ? [[where, 'outside']] : [];
}

const minuteMs = 60_000;
/** More than the API takes; a preview of a slip of the pen must not freeze the page. */
const maxShown = 1_001;

/** When the slots of a draft begin, in order of time; empty while the draft can't be read. */
export function slotsOfDraft(draft: RulesDraft, timeZone: string): number[] {
  const minutes = wholeOf(draft.minutes);
  if (typeof minutes === 'string' || minutes === 0) return [];
  if (draft.slots === 'list') {
    const starts = startLines(draft.starts).map((line) => Date.parse(instantOf(line, timeZone) ?? ''));
    return starts.some(Number.isNaN) ? [] : starts.toSorted((a, b) => a - b);
  }
  const pause = wholeOf(draft.breakMinutes);
  const from = Date.parse(instantOf(draft.from, timeZone) ?? '');
  const to = Date.parse(instantOf(draft.to, timeZone) ?? '');
  if (typeof pause === 'string' || Number.isNaN(from) || Number.isNaN(to)) return [];
  const stepMs = (minutes + pause) * minuteMs;
  const count = Math.floor((to - from - minutes * minuteMs) / stepMs) + 1;
  return Array.from({ length: Math.min(Math.max(count, 0), maxShown) }, (_, at) => from + at * stepMs);
}

export interface DayHours {
  readonly from: string;
  readonly to: string;
  /** Lunch, as `12:00` and `13:30`; empty where there is none. */
  readonly pauseFrom: string;
  readonly pauseTo: string;
}

/** A list of starts for every day of the stop: within these hours, and within the stop. */
export function startsOfDays(stop: Where, hours: DayHours, minutes: number, breakMinutes: number): string {
  const starts: string[] = [];
  const at = (day: string, time: string): number =>
    Date.parse(instantOf(`${day}T${time}`, stop.timeZone) ?? '');
  for (const day of daysOf(stop)) {
    const [to, pauseFrom, pauseTo] = [hours.to, hours.pauseFrom, hours.pauseTo].map((one) => at(day, one));
    let start = Math.max(at(day, hours.from), Date.parse(stop.startsAt));
    const end = Math.min(to ?? NaN, Date.parse(stop.endsAt));
    while (minutes > 0 && start + minutes * minuteMs <= end) {
      const isInPause = start + minutes * minuteMs > (pauseFrom ?? NaN) && start < (pauseTo ?? NaN);
      if (isInPause) {
        start = pauseTo ?? NaN;
        continue;
      }
      starts.push(new Date(start).toISOString());
      start += (minutes + breakMinutes) * minuteMs;
    }
  }
  return linesOf(starts, stop.timeZone);
}

/** The days of a stop on its own calendar. */
function daysOf({ startsAt, endsAt, timeZone }: Where): string[] {
  const days = new Set<string>();
  // By half days, so that no day is left out where the clock is put forward.
  for (let at = Date.parse(startsAt); at < Date.parse(endsAt); at += 12 * 60 * minuteMs)
    days.add(dayOf(new Date(at).toISOString(), timeZone));
  days.add(dayOf(new Date(Date.parse(endsAt) - 1).toISOString(), timeZone));
  return [...days];
}

const linesOf = (instants: readonly string[], timeZone: string): string =>
  instants.map((one) => localOf(one, timeZone).replace('T', ' ')).join('\n');

/** The lines that hold something, as a field for date and time would have them. */
function startLines(text: string): string[] {
  return text
    .normalize('NFKC')
    .split('\n')
    .map((line) => line.trim().replaceAll('/', '-').replace(/\s+/, 'T'))
    .filter((line) => line !== '');
}

function wholeOf(text: string): number | string {
  const plain = text.normalize('NFKC').trim();
  return /^\d{1,6}$/.test(plain) ? Number(plain) : plain;
}
