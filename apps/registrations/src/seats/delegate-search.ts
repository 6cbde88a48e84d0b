import { Email, foldText } from '#contracts';
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

/** What is looked for, in the form of the texts: a whole address with an international domain is stored in ASCII. */
export function delegateNeedle(asked: string): string {
  const address = asked.includes('@') ? Email.safeParse(asked) : null;
  return address?.success === true ? address.data : foldText(asked);
}

/** The last four digits of a mobile number. */
export function mobileLast4(mobile: string | null): string | null {
  return mobile === null ? null : mobile.slice(-lastDigits);
}
