/** How far a mail had come when something went wrong. */
export type SmtpPhase = 'connecting' | 'sending' | 'sent';

/** What is known of a failed try. */
export interface SmtpFailure {
  readonly phase: SmtpPhase;
  /** The command that was refused, such as `RCPT TO`. */
  readonly command: string | null;
  /** Of the server's answer; null where there was none. */
  readonly status: number | null;
  readonly response: string;
  /** Whether the server refused the account or a command before any recipient was named. */
  readonly isAccount: boolean;
}

/**
 * What becomes of a mail:
 * - `accepted`: the server took it
 * - `deferred`: the server took it not now; this mail waits
 * - `domain_deferred`: the recipient's provider limits how often it is written to; all mails to it wait
 * - `account_deferred`: nothing can be sent now; all mails wait, and the try does not count
 * - `suppressed`: there is no such mailbox, and nothing is to be sent there again
 * - `failed`: the mail was refused for good
 * - `unknown`: all was sent, and no answer came
 */
export type SmtpOutcome =
  | { readonly kind: 'accepted' }
  | {
      readonly kind:
        'deferred' | 'domain_deferred' | 'account_deferred' | 'suppressed' | 'failed' | 'unknown';
      /** In few words, without any address. */
      readonly reason: string;
    };

/** Chinese providers answer 550 where others say 451: by QQ, 163 and Aliyun it means "too often", not "never". */
const tooOften =
  /frequen|too (?:many|often|fast|much)|rate ?limit|limit(?:ed|s)? exceeded|exceed(?:ed|s)? (?:the )?(?:limit|quota)|throttl|try (?:again )?later|temporar|DT:SPM|频率|过于频繁/i;
const noMailbox =
  /5\.1\.(?:1|2|3|6|10)\b|(?:user|mailbox|recipient|account|address)\b[^.]{0,40}\b(?:unknown|not (?:found|exist)|does(?: not|n't) exist|disabled|inactive|invalid|unavailable)|(?:unknown|no such|invalid|non-?existent) (?:user|mailbox|recipient|account|address)|用户不存在|收件人不存在/i;

/** Reads what a failed try means for the mail. */
export function outcomeOf(failure: SmtpFailure): SmtpOutcome {
  const { phase, status, response, command, isAccount } = failure;
  if (status === null) return withoutAnswer(phase);
  const reason = reasonOf(status, response);
  if (isAccount || command === 'MAIL FROM')
    return {
      kind: status >= 500 && !isAccount && !tooOften.test(response) ? 'failed' : 'account_deferred',
      reason,
    };
  if (tooOften.test(response)) return { kind: 'domain_deferred', reason };
  if (status < 500) return { kind: 'deferred', reason };
  return { kind: command === 'RCPT TO' && noMailbox.test(response) ? 'suppressed' : 'failed', reason };
}

function withoutAnswer(phase: SmtpPhase): SmtpOutcome {
  if (phase === 'sent') return { kind: 'unknown', reason: 'no answer came after the mail was sent' };
  if (phase === 'connecting')
    return { kind: 'account_deferred', reason: 'the SMTP server can not be reached' };
  return { kind: 'deferred', reason: 'the connection broke' };
}

/** The status alone and, where the server gave one, its enhanced code: answers quote addresses. */
function reasonOf(status: number, response: string): string {
  const enhanced = /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(response)?.[0];
  return enhanced === undefined
    ? `the server answered ${status}`
    : `the server answered ${status} ${enhanced}`;
}
