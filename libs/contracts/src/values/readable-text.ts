import type { Reading } from './reading.js';

/** What a text of people has to keep to. Lengths count characters (code points), after trimming. */
export type TextRules = { minLength: number; maxLength: number; isOneLine: boolean };

/** C0, DEL and C1, but tab, line feed and carriage return. */
// oxlint-disable-next-line no-control-regex -- Naming the control characters is the point.
const controls = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/u;
/** They make everything behind them read in another order, in exports and in other people's lists too. */
const directionControls = /[\u202A-\u202E\u2066-\u2069]/u;
/** Code points that will never be characters; XML has no way to write some of them. */
const nonCharacters = /\p{Noncharacter_Code_Point}/u;
const lineBreaks = /[\n\r\u2028\u2029]/u;
/** Letters, digits and symbols with ink. The Hangul fillers, the blank of Braille and the like are letters without. */
const visible =
  /(?![\p{Default_Ignorable_Code_Point}\u2800\uFFFC\u{13441}\u{13442}\u{1D159}])[\p{Letter}\p{Number}\p{Symbol}\p{Punctuation}]/u;

/**
 * Most texts: printable ASCII, Chinese punctuation, unified ideographs, full-width forms. All but the blank are visible,
 * each is one UTF-16 unit, and NFC leaves them as they are.
 */
const usual = /^[ -~\u3001-\u3011\u4E00-\u9FFF\uFF01-\uFF5E]*$/;

/** Reads a text that people read: trimmed, in NFC so that equal texts compare equal. */
export function readText(given: string, rules: TextRules): Reading {
  if (!usual.test(given)) return readAnyText(given, rules);
  const value = given.trim();
  return value === '' || value.length > rules.maxLength ? readAnyText(given, rules) : { value };
}

/** The same by all rules one after the other, which takes several times as long. */
export function readAnyText(given: string, rules: TextRules): Reading {
  const fault = faultOf(given, rules);
  if (fault !== null) return { fault };
  const value = given.normalize('NFC').trim();
  const length = charactersOf(value);
  if (value === '' && rules.minLength === 0) return { value };
  if (given === '') return { fault: 'must not be empty' };
  if (!visible.test(value))
    return { fault: 'must show at least one letter, digit or symbol; these characters are all invisible' };
  if (length > rules.maxLength)
    return { fault: `must be at most ${rules.maxLength} characters long; these are ${length}` };
  return { value };
}

function faultOf(given: string, { isOneLine }: TextRules): string | null {
  if (!given.isWellFormed()) return 'must not contain half a character (a lone surrogate of UTF-16)';
  const control = codePointIn(given, controls);
  if (control !== null) return `must not contain control characters such as ${control}`;
  const nonCharacter = codePointIn(given, nonCharacters);
  if (nonCharacter !== null) return `must not contain ${nonCharacter}, which is no character`;
  const direction = codePointIn(given, directionControls);
  if (direction !== null) return `must not contain ${direction}, which turns the direction of the text round`;
  if (!isOneLine) return null;
  const text = given.trim();
  if (lineBreaks.test(text)) return 'must be on one line';
  return text.includes('\t') ? 'must not contain tabs' : null;
}

/** The first character that matches, as `U+200B`. */
export function codePointIn(text: string, pattern: RegExp): string | null {
  const codePoint = pattern.exec(text)?.[0].codePointAt(0);
  return codePoint === undefined ? null : `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** In code points, as JSON Schema and PostgreSQL count. */
function charactersOf(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
