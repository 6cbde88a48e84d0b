/**
 * The unified social credit code of GB 32100-2015: 17 symbols and a check symbol, from a set of 31
 * (digits and capitals without I, O, S, V, Z). The last symbol makes the weighted sum divisible by 31.
 */
const symbols = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** 3^(i-1) mod 31, as clause 4 of the standard lists them. */
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/** The form in which a code is stored and compared: capitals, no white space. It says nothing about validity. */
export function normaliseUscc(text: string): string {
  return text.replace(/\s+/gu, '').toUpperCase();
}

/** Appends the check symbol to the first 17 symbols. Throws a RangeError on anything that is not 17 symbols of the set. */
export function usccWithCheck(first17: string): string {
  const sum = weightedSum(first17);
  if (sum === null) throw new RangeError('A credit code starts with 17 symbols of the set of GB 32100-2015.');
  // The outer mod matters: a sum that 31 divides has the check value 0, not 31.
  return first17 + symbols.charAt((31 - (sum % 31)) % 31);
}

/** Whether a normalised code has 18 symbols of the set and the right check symbol. Any string is safe to ask about. */
export function isUscc(code: string): boolean {
  const first17 = code.slice(0, 17);
  return weightedSum(first17) !== null && code === usccWithCheck(first17);
}

function weightedSum(first17: string): number | null {
  if (first17.length !== weights.length) return null;
  let sum = 0;
  for (const [position, weight] of weights.entries()) {
    // By place in the set, not by ASCII offset, which goes wrong after the missing I.
    const value = symbols.indexOf(first17.charAt(position));
    if (value < 0) return null;
    sum += value * weight;
  }
  return sum;
}
