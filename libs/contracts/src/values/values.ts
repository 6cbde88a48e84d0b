import { z } from 'zod';
import { canonicalTimeZone } from '#reference-data';
import { readEmailAddress } from './email-address.js';
import { readPhoneNumber } from './phone-number.js';
import { readText } from './readable-text.js';
import { readBy, type Reading } from './reading.js';
import { formatInstant, parseInstant } from './rfc3339.js';
import { maxWebAddressLength, readWebAddress } from './web-address.js';

// ── Texts ───────────────────────────────────────────────────────────────────────────────────────

const textOf = (minLength: number, maxLength: number, isOneLine: boolean) =>
  readBy((given) => readText(given, { minLength, maxLength, isOneLine }), { minLength, maxLength });

/** A text that people read, of any number of lines. */
export const text = (maxLength: number, minLength = 1) => textOf(minLength, maxLength, false);
/** A name or label: it stands in lists, headers and calendars, where a line break would do harm. */
export const line = (maxLength: number) => textOf(1, maxLength, true);

export const Name = line(200);
export const Note = text(2_000, 0);
export const Label = line(100);

type TextSchema = z.ZodType<string, string>;
const inTwoLanguages = { description: 'Text in Chinese, English or both' };

const localizedInput = (of: TextSchema) =>
  z
    .strictObject({ zh: of.optional(), en: of.optional() })
    .refine((value) => value.zh !== undefined || value.en !== undefined, {
      error: 'needs "zh", "en" or both',
    })
    .meta(inTwoLanguages);

/** As requests bring it. */
export const LocalizedNameInput = localizedInput(Name);
export const LocalizedTextInput = localizedInput(text(5_000));

/** A merge patch of a localized text: one language may be changed or taken away alone. */
const localizedPatch = (of: TextSchema) =>
  z
    .strictObject({ zh: of.nullish(), en: of.nullish() })
    .meta({ description: 'Patch of a text in two languages' });
export const LocalizedNamePatch = localizedPatch(Name);
export const LocalizedTextPatch = localizedPatch(text(5_000));

/** Checks no more than the types: what was stored under older rules is still shown and still published. */
const localized = (maxLength: number) => {
  const stored = z.string().meta({ minLength: 1, maxLength });
  return z.object({ zh: stored.optional(), en: stored.optional() }).meta(inTwoLanguages);
};

/** As answers and events carry it. */
export const LocalizedName = localized(200);
export const LocalizedText = localized(5_000);
export type Localized = z.output<typeof LocalizedText>;

// ── Ids, instants and zones ─────────────────────────────────────────────────────────────────────

/** A UUID of any version; ours are version 7 (RFC 9562). */
export const Id = z
  .uuid()
  .meta({ examples: ['019b2f5e-7c00-7000-8000-000000000001'] })
  .transform((value) => value.toLowerCase());

const instantMeta = {
  format: 'date-time',
  examples: ['2027-01-16T01:00:00Z', '2027-01-16T09:00:00+08:00'],
};

/** RFC 3339 with any offset within some years, in UTC with milliseconds only where there are some. */
const instantBetween = (firstYear: number, lastYear: number) => {
  const from = Date.parse(`${String(firstYear).padStart(4, '0')}-01-01T00:00:00Z`);
  const until = Date.parse(`${lastYear}-12-31T23:59:59.999Z`);
  return readBy((given): Reading => {
    const ms = parseInstant(given);
    if (ms === null) return { fault: 'must be an RFC 3339 instant such as 2026-01-16T09:00:00+08:00' };
    if (ms < from || ms > until) return { fault: `must lie between the years ${firstYear} and ${lastYear}` };
    return { value: formatInstant(new Date(ms)) };
  }, instantMeta);
};

/** An instant that something is planned for. The years are bounded so that a slip of the finger is one, not the future. */
export const Instant = instantBetween(2000, 2199);
/** An instant that a clock of somebody else's reports, however wrong it goes. */
export const ReportedInstant = instantBetween(0, 9999);

/** A time zone of the IANA database that names a place, or UTC, in its canonical spelling and with links followed. */
export const TimeZone = readBy(
  (given) => {
    const value = canonicalTimeZone(given);
    return value === null
      ? { fault: 'must be UTC, or an IANA time zone that names a place such as Asia/Shanghai' }
      : { value };
  },
  { maxLength: 64, examples: ['Asia/Shanghai', 'Asia/Urumqi', 'Europe/Berlin'] },
);

// ── Contacts ────────────────────────────────────────────────────────────────────────────────────

/** An e-mail address in lower case: two spellings of one address compare equal. */
export const Email = readBy(readEmailAddress, {
  format: 'email',
  maxLength: 254,
  examples: ['delegate@example.com'],
});

/** A phone number kept as E.164; numbers as they are dialled inside China get their +86. */
export const PhoneNumber = readBy(readPhoneNumber, {
  maxLength: 64,
  examples: ['+8613800138000', '13800138000', '028-8533 1234'],
});

/** An address that a browser opens. */
export const WebAddress = readBy(readWebAddress, {
  format: 'uri',
  maxLength: maxWebAddressLength,
  examples: ['https://example.com/tour'],
});

// ── Numbers ─────────────────────────────────────────────────────────────────────────────────────

/** A whole number in a body. */
export const integer = (min: number, max: number) =>
  z
    .int({ error: ({ input }) => integerFault(input, min, max) })
    .min(min)
    .max(max);

/** A whole number in a query: digits alone, since `1e2`, `0x10` and ` 5 ` are slips more often than wishes. */
export const wholeNumber = (min: number, max: number) =>
  z
    .preprocess(
      (value) => (typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value),
      integer(min, max),
    )
    .meta({ type: 'integer', minimum: min, maximum: max });

/** Of what is no whole number, or one too large to be exact; the general message names the rest. */
function integerFault(input: unknown, min: number, max: number): string | undefined {
  if (input === undefined || input === null || Number.isSafeInteger(input)) return undefined;
  const upTo = max === Number.MAX_SAFE_INTEGER ? 'on' : `to ${max}`;
  return `must be a whole number from ${min} ${upTo}`;
}

// ── Lists ───────────────────────────────────────────────────────────────────────────────────────

/** A filter by state takes one or several: `?status=confirmed,pending`, or the parameter several times. */
export const statesOf = <const State extends string>(states: readonly [State, ...State[]]) => {
  const error = `must be one or several of ${states.join(', ')}, with commas between them`;
  return z
    .preprocess(
      (value) => [value].flat().flatMap((part) => (typeof part === 'string' ? part.split(',') : [part])),
      z
        .array(z.enum(states, { error }))
        .min(1, { error })
        .transform((given) => [...new Set(given)]),
    )
    .meta({ type: 'array', items: { type: 'string', enum: [...states] }, minItems: 1 });
};

const cursorFault = { error: 'must be the nextCursor of an earlier answer' };

/** How a list is asked for. */
export const Page = z.object({
  limit: wholeNumber(1, 200).default(50),
  cursor: z.string(cursorFault).min(1, cursorFault).max(512, cursorFault).optional(),
});

/** The answer to a list. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

// ── Answers ─────────────────────────────────────────────────────────────────────────────────────

export const Version = z.number().int().min(1);

/** Remarks that a successful write deserves; the member is left out where there are none. */
export const Warnings = z
  .array(z.object({ code: z.string(), message: z.string() }))
  .meta({ description: 'Remarks about what was done; absent where there are none' });
export type Warning = z.output<typeof Warnings>[number];

// ── Cities ──────────────────────────────────────────────────────────────────────────────────────

/** A city as it is given: the name is filled in from the code where it is left out. */
export const CityInput = z.strictObject({
  code: z.string().regex(/^\d{6}$/, { error: 'must be a six-digit code of GB/T 2260' }),
  name: LocalizedNameInput.optional(),
});
export const CityPatch = z.strictObject({
  code: CityInput.shape.code.optional(),
  name: LocalizedNamePatch.nullish(),
});
