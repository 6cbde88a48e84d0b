import { callingCodeRows } from './calling-codes.data.js';

/** A calling code of ITU-T E.164. */
export type CallingCode = {
  code: string;
  /** How many digits the numbers behind the code can have. */
  lengths: readonly number[];
  /** Whether people inside dial a 0 first which is no part of the number: `+44 (0)20 …`. */
  hasTrunkZero: boolean;
};

const callingCodes = new Map(callingCodeRows.trim().split('\n').map(parseRow));

/** The calling code that an international number begins with; no code begins with another. Null where none exists. */
export function callingCodeOf(digits: string): CallingCode | null {
  const found = [1, 2, 3].map((length) => callingCodes.get(digits.slice(0, length)));
  return found.find((callingCode) => callingCode !== undefined) ?? null;
}

function parseRow(row: string): [string, CallingCode] {
  const [code = '', lengths = '', trunk] = row.split(' ');
  return [code, { code, lengths: lengths.split(',').map(Number), hasTrunkZero: trunk === '0' }];
}
