import { callingCodeOf } from '#reference-data';
import type { Reading } from './reading.js';

/** ITU-T E.164, 6.2.1: with the calling code. */
const maxDigits = 15;
const maxInputCharacters = 64;
/** Without the 0 that is dialled before it inside China. */
const chineseMobile = /^1[3-9]\d{9}$/;
/** Area code and number; no local number begins with 0. */
const chineseLandline = /^(?:10[1-9]\d{7}|2\d[1-9]\d{7}|[3-9]\d\d[1-9]\d{6,7})$/;
/** Service numbers that have no area code. */
const chineseService = /^[48]00\d{7}$/;
const northAmerican = /^[2-9]\d\d[2-9]\d{6}$/;
/** Italy, San Marino, Côte d'Ivoire, Benin and Congo: numbers there begin with a 0 of their own. */
const ownZero = new Set(['39', '378', '225', '229', '242']);

const notChinese = 'is no Chinese mobile or landline number: one has too many or too few digits';
const noCode =
  'must begin with + and the country code, unless it is a Chinese mobile number or a landline with its area code';

/** Most numbers: a Chinese mobile number, as it is dialled or in E.164. */
const usual = /^(?:\+86)?(1[3-9]\d{9})$/;

/**
 * Reads a phone number into E.164: `(0)`, blanks, dashes, brackets and full-width characters are understood. Mobile and
 * landline numbers as they are dialled inside China get +86. Nothing is guessed: what can't be a number is refused.
 */
export function readPhoneNumber(given: string): Reading {
  const mobile = usual.exec(given)?.[1];
  return mobile === undefined ? readAnyPhoneNumber(given) : { value: `+86${mobile}` };
}

/** The same by all rules one after the other, which takes several times as long. */
export function readAnyPhoneNumber(given: string): Reading {
  if (given.length > maxInputCharacters)
    return { fault: `must be at most ${maxInputCharacters} characters long` };
  const text = plain(given);
  if (text === '') return { fault: 'must not be empty' };
  if (!/^\(?\+?[\d ()./-]*$/.test(text) || !/\d/.test(text))
    return {
      fault: 'must be a phone number: digits, blanks, dashes, brackets, and + before the country code',
    };
  const isInternational = text.includes('+');
  const digits = text.replace(/\D/g, '');
  if (isInternational) return international(digits, /\(0\)/.test(text));
  if (digits.startsWith('00')) return international(digits.slice(2), /\(0\)/.test(text));
  return domestic(digits);
}

/** Full-width characters as ASCII ones, every dash as a hyphen, every blank as a space, without invisible marks. */
function plain(given: string): string {
  return given
    .normalize('NFKC')
    .replace(/\p{Format}/gu, '')
    .replace(/[\p{Dash_Punctuation}\u2212\u30FC]/gu, '-')
    .replace(/[^\S\n\r]/gu, ' ')
    .replace(/\( *0 *\)/g, '(0)')
    .trim();
}

function domestic(digits: string): Reading {
  const national = digits.replace(/^0/, '');
  const hasAreaCode = digits.startsWith('0') && chineseLandline.test(national);
  if (chineseMobile.test(national) || hasAreaCode || chineseService.test(digits))
    return { value: `+86${national}` };
  const behindCode = digits.replace(/^860?/, '');
  const isChinese = chineseMobile.test(behindCode) || chineseLandline.test(behindCode);
  return digits.startsWith('86') && isChinese ? { value: `+86${behindCode}` } : { fault: noCode };
}

function international(digits: string, hasBracketedZero: boolean): Reading {
  const callingCode = callingCodeOf(digits);
  if (callingCode === null) return { fault: 'must begin with a country code that exists' };
  const { code, lengths, hasTrunkZero } = callingCode;
  const dropsZero = hasTrunkZero || (hasBracketedZero && !ownZero.has(code));
  const national = dropsZero ? digits.slice(code.length).replace(/^0/, '') : digits.slice(code.length);
  if (code === '86' && !isChinese(national)) return { fault: notChinese };
  const isPossible =
    lengths.includes(national.length) &&
    code.length + national.length <= maxDigits &&
    (code !== '1' || northAmerican.test(national));
  return isPossible
    ? { value: `+${code}${national}` }
    : { fault: `is no number behind +${code}: digits are missing, too many or wrong` };
}

function isChinese(national: string): boolean {
  return [chineseMobile, chineseLandline, chineseService].some((form) => form.test(national));
}
