/** The digits of Crockford's base 32, and the five further symbols of his check digit: https://www.crockford.com/base32.html */
const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const checkSymbols = `${digits}*~$=U`;
const groupLength = 5;
/** Symbols besides the check symbol: 100 bits. */
export const codeSymbols = 20;
/** Written codes at most, with all their hyphens; what is longer is none. */
const maxWrittenLength = 64;

/** @param value below 2^100 @returns groups of five symbols, and the check symbol last */
export function encodeCode(value: bigint): string {
  let symbols = '';
  for (let rest = value, n = 0; n < codeSymbols; n += 1, rest >>= 5n)
    symbols = `${digits[Number(rest & 31n)] ?? ''}${symbols}`;
  const groups = symbols.match(new RegExp(`.{${groupLength}}`, 'g')) ?? [];
  return `${groups.join('-')}-${checkSymbols[Number(value % 37n)] ?? ''}`;
}

/**
 * Reads a code as people write it: in any case, with or without hyphens, O as 0, I and L as 1.
 * @returns the code as it is written here; null for what is none, and for one whose check symbol does not fit
 */
export function readCode(written: string): string | null {
  if (written.length > maxWrittenLength) return null;
  const symbols = written.toUpperCase().replace(/-/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  if (symbols.length !== codeSymbols + 1) return null;
  let value = 0n;
  for (const symbol of symbols.slice(0, codeSymbols)) {
    const digit = digits.indexOf(symbol);
    if (digit < 0) return null;
    value = (value << 5n) | BigInt(digit);
  }
  const code = encodeCode(value);
  return code.at(-1) === symbols.at(-1) ? code : null;
}
