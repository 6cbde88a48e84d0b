import { describe, expect, it } from '@jest/globals';
import { outcomeOf, type SmtpFailure } from './smtp-outcome.js';

const refused = (response: string, command = 'RCPT TO'): SmtpFailure => ({
  phase: 'sending',
  command,
  status: Number(response.slice(0, 3)),
  response,
  isAccount: false,
});
const silent = (phase: SmtpFailure['phase']): SmtpFailure => ({
  phase,
  command: null,
  status: null,
  response: '',
  isAccount: false,
});

describe('the outcome of a try', () => {
  it.each([
    ['550 5.1.1 <a@example.com>: Recipient address rejected: User unknown', 'suppressed'],
    ['550 Mailbox not found. http://service.mail.qq.com', 'suppressed'],
    ['550 User not found: a@163.com', 'suppressed'],
    ['550 No such user here', 'suppressed'],
    ['550 Domain frequency limited [MDZ1]. https://open.work.weixin.qq.com', 'domain_deferred'],
    ['550 Sender frequency limited', 'domain_deferred'],
    ['550 Connection frequency limited', 'domain_deferred'],
    ['550 Too frequently sending', 'domain_deferred'],
    ['421 4.7.0 Try again later', 'domain_deferred'],
    ['450 4.2.0 Greylisted', 'deferred'],
    ['452 4.2.2 Mailbox full', 'deferred'],
    ['554 5.7.1 Spam', 'failed'],
    ['552 5.2.2 Over quota', 'failed'],
  ])('of %s is %s', (response, kind) => {
    expect(outcomeOf(refused(response)).kind).toBe(kind);
  });

  it('of a refusal after the text of the mail never suppresses an address', () => {
    expect(outcomeOf(refused('550 5.1.1 User unknown', 'DATA')).kind).toBe('failed');
  });

  it('without an answer depends on how far the mail had come', () => {
    expect(outcomeOf(silent('connecting')).kind).toBe('account_deferred');
    expect(outcomeOf(silent('sending')).kind).toBe('deferred');
    expect(outcomeOf(silent('sent')).kind).toBe('unknown');
  });

  it('of a refused account holds all mails', () => {
    expect(outcomeOf({ ...refused('535 5.7.8 Bad credentials', 'AUTH PLAIN'), isAccount: true }).kind).toBe(
      'account_deferred',
    );
    expect(outcomeOf(refused('451 Sender quota', 'MAIL FROM')).kind).toBe('account_deferred');
  });

  it('names no address in its reason', () => {
    const { reason } = outcomeOf(refused('550 5.1.1 <secret@example.com> unknown user')) as {
      reason: string;
    };
    expect(reason).toBe('the server answered 550 5.1.1');
  });
});
