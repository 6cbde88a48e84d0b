import { randomInt, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { must, type ApiClient } from './client.js';

interface Mail {
  to: string[];
  text: string;
}

const patienceMs = 60_000;

/** People of a test, who read their mails and sign in. */
export class Mailbox {
  constructor(
    private readonly anyone: ApiClient,
    private readonly mailPageUrl: string,
  ) {}

  /** Has somebody new invited, who signs in. @returns the cookie */
  async join(inviter: ApiClient, as: object = {}): Promise<string> {
    const email = `person-${randomUUID()}@example.com`;
    await must(inviter.post('/v1/members', { email, ...as }));
    return this.enter(email);
  }

  /** Signs somebody in by a code. @returns the cookie */
  async enter(email: string): Promise<string> {
    const { code, asking } = await this.ask(email);
    const { headers, body, status } = await this.anyone.post(
      '/v1/sign-in',
      { email, code },
      { cookie: asking },
    );
    if (status !== 200) throw new Error(`Signing in failed: ${JSON.stringify(body)}`);
    return cookieIn(headers);
  }

  /** Asks for a code from a network of its own, and reads it in the mail. */
  async ask(email: string): Promise<{ code: string; link: string; asking: string }> {
    const before = (await this.mailsTo(email)).length;
    const network = `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`;
    const { headers, body, status } = await this.anyone.post(
      '/v1/sign-in/codes',
      { email },
      { 'x-forwarded-for': network },
    );
    if (status !== 202) throw new Error(`Asking for a code failed: ${JSON.stringify(body)}`);
    return { ...(await this.read(email, before)), asking: cookieIn(headers) };
  }

  /** What somebody is mailed who has asked for a code. @param before so many of such mails were there then */
  async read(email: string, before = 0): Promise<{ code: string; link: string }> {
    const text = await this.nextMail(email, before);
    const code = /\b(\d{6})\b/.exec(text)?.[1] ?? '';
    const link = /https?:\/\/\S+\/sign-in#[\w-]+/.exec(text)?.[0] ?? '';
    return { code, link };
  }

  /** Signs a browser in with an API key. @returns the cookie */
  async cookieOf({ apiKey }: { apiKey: string }): Promise<string> {
    const { headers, body, status } = await this.anyone.post('/v1/sign-in', { apiKey });
    if (status !== 200) throw new Error(`Signing in failed: ${JSON.stringify(body)}`);
    return cookieIn(headers);
  }

  private async nextMail(email: string, before: number): Promise<string> {
    for (const until = Date.now() + patienceMs; Date.now() < until; await sleep(100)) {
      const mail = (await this.mailsTo(email))[before];
      if (mail !== undefined) return mail.text;
    }
    throw new Error('The mail did not arrive.');
  }

  private async mailsTo(email: string): Promise<Mail[]> {
    const to = encodeURIComponent(email);
    const all = (await (await fetch(`${this.mailPageUrl}/mails.json?to=${to}`)).json()) as Mail[];
    return all.filter(({ to, text }) => to.includes(email) && text.includes('#'));
  }
}

/** The first cookie that an answer sets, as a browser sends it back. */
export function cookieIn(headers: Headers): string {
  return headers.getSetCookie()[0]?.split(';')[0] ?? '';
}
