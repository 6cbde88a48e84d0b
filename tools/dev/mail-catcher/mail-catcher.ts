import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import type { CaughtMail } from './caught-mail.js';
import { htmlOf, listPage, mailPage } from './mail-pages.js';

/** The oldest go when there are more. */
const maxMails = 1_000;
const maxMailBytes = 5 * 1024 * 1024;

/** Takes every mail over SMTP, sends none on, and shows them on a page: for the machine of a developer. */
export class MailCatcher {
  private readonly mails: CaughtMail[] = [];
  private count = 0;
  private readonly smtp: SMTPServer;
  private readonly http: Server;

  private constructor(
    readonly smtpPort: number,
    readonly httpPort: number,
  ) {
    this.smtp = new SMTPServer({
      authOptional: true,
      // Only this machine can connect; a certificate of its own would be trusted by nobody.
      disabledCommands: ['STARTTLS', 'AUTH'],
      size: maxMailBytes,
      onData: (stream, session, done) => {
        const to = session.envelope.rcptTo.map(({ address }) => address);
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.once('error', done);
        stream.once('end', () => {
          this.keep(to, Buffer.concat(chunks)).then(() => done(null), done);
        });
      },
    });
    this.http = createServer((request, response) => this.answer(request, response));
  }

  static async start(ports: { smtpPort: number; httpPort: number }): Promise<MailCatcher> {
    const catcher = new MailCatcher(ports.smtpPort, ports.httpPort);
    // A client that breaks off is no reason to end.
    catcher.smtp.on('error', () => undefined);
    await new Promise<void>((resolve) => {
      catcher.smtp.listen(catcher.smtpPort, '127.0.0.1', resolve);
    });
    catcher.http.listen(catcher.httpPort, '127.0.0.1');
    await once(catcher.http, 'listening');
    return catcher;
  }

  get smtpUrl(): string {
    return `smtp://127.0.0.1:${this.smtpPort}`;
  }

  get pageUrl(): string {
    return `http://127.0.0.1:${this.httpPort}`;
  }

  async stop(): Promise<void> {
    this.http.close();
    this.http.closeAllConnections();
    await new Promise<void>((resolve) => this.smtp.close(() => resolve()));
  }

  private async keep(to: string[], source: Buffer): Promise<void> {
    const parsed = await simpleParser(source);
    this.count += 1;
    this.mails.push({ id: String(this.count), to, source, parsed, caughtAt: new Date() });
    if (this.mails.length > maxMails) this.mails.shift();
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const [, first = '', id = '', part = ''] = (request.url ?? '/').split(/[/?]/);
    if (request.method === 'DELETE' && first === 'mails') {
      this.mails.length = 0;
      return send(response, 204, 'text/plain', '');
    }
    if (request.method !== 'GET') return send(response, 405, 'text/plain', 'Method not allowed');
    if (first === '') return send(response, 200, 'text/html', listPage(this.mails.toReversed()));
    if (first === 'mails.json') return send(response, 200, 'application/json', this.json(request.url));
    const mail = first === 'mails' ? this.mails.find((one) => one.id === id) : undefined;
    if (mail === undefined) return send(response, 404, 'text/plain', 'Mail not found');
    if (part === 'html') return send(response, 200, 'text/html', htmlOf(mail));
    if (part === 'source') return send(response, 200, 'message/rfc822', mail.source);
    return send(response, 200, 'text/html', mailPage(mail));
  }

  /** All mails or those to one address (`?to=`), oldest first, for tests and scripts. */
  private json(path = '/'): string {
    const address = new URL(path, 'http://localhost').searchParams.get('to');
    const mails = this.mails.filter(({ to }) => address === null || to.includes(address));
    return JSON.stringify(
      mails.map(({ id, to, parsed, caughtAt }) => ({
        id,
        to,
        subject: parsed.subject ?? '',
        messageId: parsed.messageId ?? null,
        text: parsed.text ?? '',
        html: parsed.html === false ? null : parsed.html,
        caughtAt: caughtAt.toISOString(),
      })),
    );
  }
}

function send(response: ServerResponse, status: number, type: string, body: string | Buffer): void {
  response.writeHead(status, {
    'content-type': type.startsWith('text/') ? `${type}; charset=utf-8` : type,
    'cache-control': 'no-store',
    // Mails are foreign texts: nothing in them runs or loads.
    'content-security-policy':
      "default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-src 'self'; frame-ancestors 'self'",
    'x-content-type-options': 'nosniff',
  });
  response.end(body);
}
