import { z } from 'zod';

/** Control characters of ASCII and Latin-1 (C0, DEL, C1) but tab, line feed and carriage return. */
// oxlint-disable-next-line no-control-regex -- Naming the control characters is the point.
const controls = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/;
const lineBreaks = /[\t\n\r\u2028\u2029]/;

/** Trimmed, NFC (so that equal texts compare equal), `min`..`max` characters; NUL and lone surrogates never pass. */
const readable = (min: number, max: number, isAllowed: (value: string) => boolean) =>
  z
    .string()
    .refine((value) => value.isWellFormed() && !controls.test(value) && isAllowed(value.trim()), {
      error: 'must not contain control characters or broken Unicode',
      abort: true,
    })
    .meta({ minLength: min, maxLength: max })
    .transform((value) => value.normalize('NFC').trim())
    .pipe(z.string().min(min).max(max));

/** A text that people read, of any number of lines. */
export const text = (max: number, min = 1) => readable(min, max, () => true);
/** A name or label: it stands in lists, headers and calendars, where a line break would do harm. */
export const line = (max: number) => readable(1, max, (value) => !lineBreaks.test(value));

export const Name = line(200);
export const Note = text(2_000, 0);
export const Label = line(100);

/** Text in Chinese, English or both. */
const localized = (of: ReturnType<typeof text>) =>
  z
    .strictObject({ zh: of.optional(), en: of.optional() })
    .refine((value) => value.zh !== undefined || value.en !== undefined, {
      error: 'needs "zh", "en" or both',
    })
    .meta({ description: 'Text in Chinese, English or both' });

export const LocalizedName = localized(Name);
export const LocalizedText = localized(text(5_000));
export type Localized = z.output<typeof LocalizedText>;

/** A merge patch of a localized text: one language may be changed or taken away alone. */
const localizedPatch = (of: ReturnType<typeof text>) =>
  z
    .strictObject({ zh: of.nullish(), en: of.nullish() })
    .meta({ description: 'Patch of a text in two languages' });
export const LocalizedNamePatch = localizedPatch(Name);
export const LocalizedTextPatch = localizedPatch(text(5_000));

/** A UUID of any version; ours are version 7 (RFC 9562). */
export const Id = z
  .uuid()
  .meta({ examples: ['019b2f5e-7c00-7000-8000-000000000001'] })
  .transform((value) => value.toLowerCase());

/** RFC 3339 with any offset, given back in UTC with milliseconds only where there are some. */
export const Instant = z.iso
  .datetime({ offset: true, error: 'must be an RFC 3339 instant such as 2026-01-16T09:00:00+08:00' })
  .refine((value) => inYears1970To9999(value), {
    error: 'must lie between the years 1970 and 9999',
    abort: true,
  })
  .meta({ examples: ['2027-01-16T01:00:00Z', '2027-01-16T09:00:00+08:00'] })
  .transform((value) => formatInstant(new Date(value)));

function inYears1970To9999(value: string): boolean {
  const ms = Date.parse(value);
  return ms >= 0 && ms < Date.UTC(9999, 11, 31);
}

/** An instant as answers show it: UTC with `Z`, no fraction when it is zero. */
export function formatInstant(date: Date): string {
  return date.toISOString().replace('.000Z', 'Z');
}

/** An IANA time zone that this Node knows. */
export const TimeZone = z
  .string()
  .max(64)
  .refine(isTimeZone, { error: 'must be an IANA time zone such as Asia/Shanghai' })
  .meta({ examples: ['Asia/Shanghai', 'Asia/Urumqi', 'Europe/Berlin'] });

function isTimeZone(name: string): boolean {
  if (!/^[A-Z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** An e-mail address in lower case: two spellings of one address compare equal. */
export const Email = z
  .string()
  .max(254)
  .meta({ format: 'email', examples: ['delegate@example.com'] })
  .transform((value) => value.normalize('NFC').trim().toLowerCase())
  .pipe(z.email({ error: 'must be an e-mail address' }).max(254));

/** A phone number kept as E.164; a bare Chinese mobile number gets its +86. */
export const Mobile = z
  .string()
  .max(32)
  .meta({ examples: ['+8613800138000', '13800138000'] })
  .transform((value) =>
    value
      .replace(/[\s().-]/g, '')
      .replace(/^00/, '+')
      .replace(/^(?:86)?(?=1[3-9]\d{9}$)/, '+86'),
  )
  .pipe(z.string().regex(/^\+[1-9]\d{6,14}$/, { error: 'must be a mobile number such as +8613800138000' }));

/** A whole number in a query: digits alone, since `1e2`, `0x10` and ` 5 ` are slips more often than wishes. */
export const wholeNumber = (min: number, max: number) =>
  z
    .preprocess(
      (value) => (typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value),
      z.int({ error: 'must be a whole number' }).min(min).max(max),
    )
    .meta({ type: 'integer', minimum: min, maximum: max });

/** How a list is asked for. */
export const Page = z.object({
  limit: wholeNumber(1, 200).default(50),
  cursor: z.string().min(1).max(512).optional(),
});

/** The answer to a list. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

export const Version = z.number().int().min(1);

/** A city as it is given: the name is filled in from the code where it is left out. */
export const CityInput = z.strictObject({
  code: z.string().regex(/^\d{6}$/, { error: 'must be a six-digit code of GB/T 2260' }),
  name: LocalizedName.optional(),
});
export const CityPatch = z.strictObject({
  code: CityInput.shape.code.optional(),
  name: LocalizedNamePatch.nullish(),
});
