import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { v7 as newId } from 'uuid';
import { sendAccountMail, systemCaller } from '#contracts';
import { soon } from '#service/testing/patience';
import { service as notifications } from '../../../apps/notifications/src/service.js';
import { parseAllowList } from '../../../apps/notifications/src/egress/allowed-address.js';
import { SmtpSink } from '../../support/smtp-sink.js';
import { TestedService } from '../../support/tested-service.js';

let sink: SmtpSink;
let service: TestedService;

beforeAll(async () => {
  sink = await SmtpSink.start();
  service = await TestedService.start(notifications, [], {
    WEBHOOK_SECRET: 'ab'.repeat(32),
    EGRESS_ALLOW: parseAllowList(''),
    SMTP_URL: sink.url,
    MAIL_FROM: { name: 'Waystop', address: 'tour@waystop.test' },
  });
}, 300_000);

afterAll(async () => {
  await service.stop();
  await sink.stop();
});

const signIn = (email: string, more: object = {}) => ({
  kind: 'sign-in' as const,
  mailId: newId(),
  email,
  language: 'en' as const,
  code: '049152',
  link: 'https://tour.waystop.test/sign-in#secret-token',
  ...more,
});

describe('a sign-in mail', () => {
  it('arrives at once with code and link, in HTML and text', async () => {
    await service.ask(sendAccountMail, signIn('a@example.com'), systemCaller);
    await soon(() => expect(sink.to('a@example.com')).toHaveLength(1));
    const [{ mail, from } = { mail: undefined, from: '' }] = sink.to('a@example.com');
    expect(from).toBe('tour@waystop.test');
    expect(mail?.from?.text).toBe('"Waystop" <tour@waystop.test>');
    expect(mail?.subject).toBe('049152 is your sign-in code');
    for (const body of [mail?.html, mail?.text]) {
      expect(body).toContain('049152');
      expect(body).toContain('https://tour.waystop.test/sign-in#secret-token');
    }
    expect(mail?.html).not.toMatch(/<img|src=|url\(/);
    expect(mail?.headers.get('auto-submitted')).toBe('auto-generated');
  });

  it('is in both languages, Chinese first, where nothing is known of the reader', async () => {
    await service.ask(sendAccountMail, signIn('b@example.com', { language: null }), systemCaller);
    await soon(() => expect(sink.to('b@example.com')).toHaveLength(1));
    expect(sink.to('b@example.com')[0]?.mail.subject).toBe('登录验证码 049152 / 049152 is your sign-in code');
    expect(sink.to('b@example.com')[0]?.mail.text).toMatch(/登录 Waystop[^]*Sign in to Waystop/);
  });

  it('is sent once, however often it is asked for', async () => {
    const mail = signIn('c@example.com');
    await Promise.all([1, 2, 3].map(() => service.ask(sendAccountMail, mail, systemCaller)));
    await soon(() => expect(sink.to('c@example.com')).toHaveLength(1));
    await pause(300);
    expect(sink.to('c@example.com')).toHaveLength(1);
  });

  it('waits for a server that is away or busy, until it is of no use', async () => {
    let refused = 0;
    sink.onRecipient = (address) =>
      address.startsWith('busy') && (refused += 1) <= 1 ? { code: 451, text: 'Busy' } : null;
    await service.ask(sendAccountMail, signIn('busy@example.com'), systemCaller);
    const late = signIn('late@example.com', { expiresAt: new Date(Date.now() - 1).toISOString() });
    await service.ask(sendAccountMail, late, systemCaller);
    await soon(() => expect(sink.to('busy@example.com')).toHaveLength(1));
    expect(sink.to('late@example.com')).toHaveLength(0);
  });

  it('leaves no trace in the database', async () => {
    const tables = (await service.rows.query(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`,
    )) as { name: string }[];
    for (const { name } of tables) {
      const [row] = (await service.rows.query(
        `SELECT count(*)::integer AS count FROM "${name}" AS t WHERE t::text ~ 'example\\.com|049152|secret-token'`,
      )) as { count: number }[];
      expect([name, row?.count]).toEqual([name, 0]);
    }
  });
});

describe('an invitation', () => {
  it('says to what and by whom, whatever is in the names', async () => {
    await service.ask(
      sendAccountMail,
      {
        kind: 'invitation',
        mailId: newId(),
        email: 'd@example.com',
        language: 'zh',
        link: 'https://tour.waystop.test/sign-in#token',
        role: 'company',
        company: { zh: '示例<b>科技</b>' },
        invitedBy: 'Li "Lei" <x>',
      },
      systemCaller,
    );
    await soon(() => expect(sink.to('d@example.com')).toHaveLength(1));
    const mail = sink.to('d@example.com')[0]?.mail;
    expect(mail?.subject).toBe('示例<b>科技</b> 邀请您加入 Waystop');
    expect(mail?.html).toContain('示例&lt;b&gt;科技&lt;/b&gt;');
    expect(mail?.html).not.toContain('<b>');
    expect(mail?.text).toContain('企业成员');
  });
});
