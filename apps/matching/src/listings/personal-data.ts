/**
 * Finds e-mail addresses and Chinese mobile numbers in text that others read. Contacts are given by a yes of both
 * sides alone, so a listing or a message must not carry them. Full-width forms, blanks, separators, characters that
 * can't be seen and digits of other scripts are seen through; other figures pass.
 */
export function holdsPersonalData(text: string): boolean {
  const plain = asPlainCharacters(text);
  return holdsEmail(plain) || holdsMobile(plain);
}

const local = String.raw`[\w.+!#$%&'*/=?^{|}~\x60-]+`;
const at = String.raw`\s*(?:@|[([{<\u3010]\s*(?:@|at)\s*[)\]}>\u3011])\s*`;
const label = String.raw`[\p{L}\p{N}-]+`;
/** An address written without blanks may have any top-level domain; with blanks it needs a usual one to be no prose. */
const emails = [
  new RegExp(`${local}${at}(?:${label}[.。])+\\p{L}{2,}`, 'u'),
  new RegExp(
    `${local}${at}(?:${label}\\s*(?:[.。]|[([{<【]\\s*dot\\s*[)\\]}>】])\\s*)+(?:com|cn|net|org|edu|gov|io|ai|top|info|hk|tw|eu|de|us|uk|jp|kr|sg|xyz|tech|vip|cc|me)(?![\\p{L}\\p{N}])`,
    'iu',
  ),
  new RegExp(`${local}\\s+at\\s+(?:${label}\\s+dot\\s+)+\\p{L}{2,}`, 'iu'),
];

function holdsEmail(text: string): boolean {
  return emails.some((email) => email.test(text));
}

/** Digits with at most three characters between them that part digits in a telephone number. */
const digitRun = /\d(?:[\s.,/\\_·•・*()[\]+\p{Pd}、，|~]{0,3}\d)*/gu;
const mobile = /^(?:00?|0?0?86|0)?1[3-9]\d{9}$/;
const thousands = /^\d{1,3}(?:,\d{3})+$/;
const maxMobileDigits = 15;

function holdsMobile(text: string): boolean {
  return [...text.matchAll(digitRun)].some(([run]) => !thousands.test(run) && hasMobileOnBorders(run));
}

/** Whether neighbouring groups of digits make a mobile number; a part of a longer group is none. */
function hasMobileOnBorders(run: string): boolean {
  const groups = run.match(/\d+/g) ?? [];
  return groups.some((_, first) => {
    let digits = '';
    for (const group of groups.slice(first)) {
      digits += group;
      if (digits.length > maxMobileDigits) return false;
      if (mobile.test(digits)) return true;
    }
    return false;
  });
}

const chineseDigits = '〇一二三四五六七八九';
/** Only a row as long as a number is read as digits: "一二三" is prose. */
const chineseRow = /(?:[零〇一二三四五六七八九幺两][\s\p{Pd}]?){11,}/gu;

function asPlainCharacters(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/[\p{Cf}\p{Variation_Selector}]/gu, '')
    .replaceAll(chineseRow, (row) => row.replaceAll(/[零〇一二三四五六七八九幺两]/gu, digitOfHan))
    .replaceAll(/\p{Nd}/gu, digitOfAnyScript);
}

function digitOfHan(character: string): string {
  const usual = { 零: '〇', 幺: '一', 两: '二' }[character] ?? character;
  return String(chineseDigits.indexOf(usual));
}

/** Decimal digits stand in Unicode in rows of ten that begin with zero (Unicode Standard, 4.6). */
function digitOfAnyScript(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  let zero = point;
  while (point - zero < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero--;
  return point <= 0x39 ? character : String((point - zero) % 10);
}
