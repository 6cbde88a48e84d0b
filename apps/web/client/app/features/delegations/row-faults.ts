import { readEmailAddress } from '#contracts/values/email-address';
import { readPhoneNumber } from '#contracts/values/phone-number';
import type { PersonField, PersonRow } from './paste.js';

/** What is wrong with a cell, as a word that both languages have. */
export type CellFault = 'missing' | 'email' | 'mobile' | 'twice' | 'long';

/** The pointer of a cell in the request, which is the name of its field too (RFC 6901). */
export const pointerOf = (row: number, field: PersonField): string => `/delegates/${row}/${field}`;

const maxChars = 200;

/** Faults by pointer: found here by the rules of the API, so that they show before anything is sent. */
export function rowFaults(rows: readonly PersonRow[]): Map<string, CellFault> {
  const faults = new Map<string, CellFault>();
  const firstByEmail = new Map<string, number>();
  for (const [at, row] of rows.entries()) {
    if (row.name.trim() === '') faults.set(pointerOf(at, 'name'), 'missing');
    for (const field of ['name', 'jobTitle'] as const)
      if (row[field].length > maxChars) faults.set(pointerOf(at, field), 'long');
    const fault = emailFault(row.email);
    if (fault !== null) faults.set(pointerOf(at, 'email'), fault);
    else if (firstByEmail.has(folded(row.email))) faults.set(pointerOf(at, 'email'), 'twice');
    else firstByEmail.set(folded(row.email), at);
    if (row.mobile.trim() !== '' && !('value' in readPhoneNumber(row.mobile)))
      faults.set(pointerOf(at, 'mobile'), 'mobile');
  }
  return faults;
}

function emailFault(email: string): CellFault | null {
  if (email.trim() === '') return 'missing';
  return 'value' in readEmailAddress(email.trim()) ? null : 'email';
}

const folded = (email: string): string => email.trim().toLowerCase();

/** The body of the request: what was left empty is left out. */
export function delegatesOf(rows: readonly PersonRow[]) {
  return rows.map(({ name, email, mobile, jobTitle }) => ({
    name: name.trim(),
    email: email.trim(),
    ...(mobile.trim() === '' ? {} : { mobile: mobile.trim() }),
    ...(jobTitle.trim() === '' ? {} : { jobTitle: jobTitle.trim() }),
  }));
}
