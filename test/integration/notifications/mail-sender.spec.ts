import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { MailSender } from '../../../apps/notifications/src/mail/mail-sender.service.js';
import type { NotificationsConfig } from '../../../apps/notifications/src/config.js';
import { SmtpSink } from '../../support/smtp-sink.js';

let sink: SmtpSink;
const MAIL_FROM = { name: 'Waystop', address: 'tour@waystop.test' };
const mail = {
  to: 'someone@example.com',
  messageId: 'one@waystop.test',
  fromName: null,
  replyTo: null,
  subject: 'Subject',
  html: '<p>Text</p>',
  text: 'Text',
};

beforeAll(async () => {
  sink = await SmtpSink.start();
});

afterAll(() => sink.stop());

function senderWith(config: object): MailSender {
  return new MailSender({ SMTP_URL: sink.url, MAIL_FROM, ...config } as NotificationsConfig);
}

it.each([
  [{ MAIL_MODE: 'send' }, 'someone@example.com'],
  [{ MAIL_MODE: 'capture', MAIL_CAPTURE_TO: 'all@waystop.test' }, 'all@waystop.test'],
  [{ MAIL_MODE: 'capture' }, 'tour@waystop.test'],
  [{}, 'someone@example.com'],
])('with %j a mail goes to %s', async (config, to) => {
  const sender = senderWith(config);
  expect(await sender.send(mail)).toEqual({ kind: 'accepted' });
  sender.onApplicationShutdown();
  expect(sink.mails.at(-1)?.to).toBe(to);
  // Of a captured mail one still sees for whom it was.
  expect(sink.mails.at(-1)?.mail.to).toMatchObject({ text: 'someone@example.com' });
});

it('with MAIL_MODE=off no mail is sent, and sending one is refused', async () => {
  const sender = senderWith({ MAIL_MODE: 'off' });
  const before = sink.mails.length;
  expect((await sender.send(mail)).kind).toBe('account_deferred');
  expect(() => sender.requireConfigured()).toThrow(/^mail.not_configured/);
  expect(sink.mails).toHaveLength(before);
});
