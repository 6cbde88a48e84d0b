import { foldText } from '#contracts';
import type { Delegate } from './delegation.js';

/** Digits of a number by which somebody at a door is asked for. */
const lastDigits = 4;

/**
 * What a delegate is found by, a line each: the name in the form that `foldText` gives, the last digits of the mobile
 * number, and the e-mail address, which doors leave out. Addresses are stored in lower case and ASCII already.
 */
export function delegateSearchText({
  name,
  email,
  mobile,
}: Pick<Delegate, 'name' | 'email' | 'mobile'>): string {
  return `${foldText(name)}\n${mobileLast4(mobile) ?? ''}\n${email}`;
}

/** The last four digits of a mobile number. */
export function mobileLast4(mobile: string | null): string | null {
  return mobile === null ? null : mobile.slice(-lastDigits);
}
