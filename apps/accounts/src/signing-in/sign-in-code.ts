import type { ProblemCode } from '#contracts';

/** One mail with a code and a link, as far as the rules see it. */
export interface CodeState {
  id: string;
  /** Of the cookie of the browser that asked. */
  browserHash: string;
  expiresAt: Date;
  tries: number;
  usedAt: Date | null;
  /** When a newer mail ended it. */
  endedAt: Date | null;
}

/** The same as it is stored. */
export interface SignInCodeRecord extends CodeState {
  addressHash: string;
  /** `null` once it is used, ended or erased. */
  email: string | null;
  language: 'zh' | 'en' | null;
  linkHash: string;
  network: string;
  askedAt: Date;
}

const minuteMs = 60_000;
export const codeLifetimeMs = 10 * minuteMs;
export const maxTries = 5;
const windowMs = 60 * minuteMs;
export const maxMailsPerAddress = 5;
export const maxMailsPerNetwork = 20;

/** What an attempt leads to. A try is counted for it where `tries` says so, also when it is refused. */
export type Outcome =
  { accepted: CodeState } | { refused: Extract<ProblemCode, `sign_in.${string}`>; countTry?: CodeState };

export function isLive({ usedAt, endedAt, expiresAt, tries }: CodeState, now: Date): boolean {
  return usedAt === null && endedAt === null && expiresAt > now && tries < maxTries;
}

/**
 * Decides an attempt with a code. Only the browser that asked can try: tries of others count for nothing, say nothing
 * of the code, and can't use it up.
 * @param asked the mails to the address of the last hour, the newest first
 * @param matches whether the code is that of a mail
 */
export function decideCode(
  asked: readonly CodeState[],
  browserHash: string | null,
  matches: (id: string) => boolean,
  now: Date,
): Outcome {
  const own = asked.find((one) => one.browserHash === browserHash);
  if (own === undefined) return { refused: 'sign_in.other_browser' };
  if (!isLive(own, now)) return { refused: 'sign_in.expired' };
  if (matches(own.id)) return { accepted: own };
  // Somebody who types the code of an older mail of the same address learns that it is the older one's.
  const isOld = asked.some(({ id }) => id !== own.id && matches(id));
  return { refused: isOld ? 'sign_in.expired' : 'sign_in.wrong_code', countTry: own };
}

/**
 * Decides an attempt with a link: in another browser than the one that asked, the person has to confirm.
 * @param mail the one with this link, where there is one
 */
export function decideLink(
  mail: CodeState | null,
  browserHash: string | null,
  confirmed: boolean,
  now: Date,
): Outcome {
  if (mail === null || !isLive(mail, now)) return { refused: 'sign_in.expired' };
  if (mail.browserHash !== browserHash && !confirmed) return { refused: 'sign_in.confirm' };
  return { accepted: mail };
}

/**
 * How long somebody has to wait before one more mail may go out; 0 where it may now.
 * @param times when the last mails were asked for that count against the limit
 */
export function waitMs(times: readonly Date[], maxMails: number, now: Date): number {
  const recent = times
    .map((time) => time.getTime())
    .filter((time) => time > now.getTime() - windowMs)
    .toSorted((one, other) => other - one);
  const blocking = recent[maxMails - 1];
  return blocking === undefined ? 0 : blocking + windowMs - now.getTime();
}

/** The earliest instant that limits look back to. */
export function limitWindowStart(now: Date): Date {
  return new Date(now.getTime() - windowMs);
}
