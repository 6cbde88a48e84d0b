import { once } from 'node:events';
import { Readable } from 'node:stream';
import type SmtpConnection from 'nodemailer/lib/smtp-connection';
import type { SmtpFailure } from './smtp-outcome.js';

/** The server wants a rest from a connection after some mails. */
const maxMailsPerConnection = 100;
const maxIdleMs = 5_000;
const connectTimeoutMs = 10_000;
const socketTimeoutMs = 60_000;

interface Idle {
  readonly connection: SmtpConnection;
  readonly mails: number;
  readonly timer: NodeJS.Timeout;
}

/** A try that failed, with how far it had come. */
export class SmtpError extends Error {
  override readonly name = 'SmtpError';
  constructor(readonly failure: SmtpFailure) {
    // No answer of the server: it may quote an address.
    super(`SMTP ${failure.phase}${failure.status === null ? '' : ` ${failure.status}`}`);
  }
}

/**
 * Connections to one SMTP server, used again while there is something to send. Nothing is sent twice here: who tries again
 * is the caller, who knows what a failed try means.
 */
export class SmtpConnections {
  private readonly idle: Idle[] = [];

  constructor(
    private readonly url: URL,
    private readonly helloName: string,
  ) {}

  /** @throws SmtpError */
  async send(from: string, to: string, message: Buffer): Promise<void> {
    const { connection, mails } = await this.take();
    try {
      await sendOver(connection, from, to, message);
    } catch (error) {
      connection.close();
      throw error;
    }
    this.giveBack(connection, mails + 1);
  }

  /** Greets the server and signs in. @throws SmtpError @returns whether the connection is encrypted */
  async check(): Promise<boolean> {
    const connection = await this.open();
    const { secure } = connection;
    connection.quit();
    return secure;
  }

  close(): void {
    for (const { connection, timer } of this.idle.splice(0)) {
      clearTimeout(timer);
      connection.quit();
    }
  }

  private async take(): Promise<{ connection: SmtpConnection; mails: number }> {
    const kept = this.idle.pop();
    if (kept === undefined) return { connection: await this.open(), mails: 0 };
    clearTimeout(kept.timer);
    return kept;
  }

  private giveBack(connection: SmtpConnection, mails: number): void {
    if (mails >= maxMailsPerConnection) {
      connection.quit();
      return;
    }
    const timer = setTimeout(() => {
      this.forget(connection);
      connection.quit();
    }, maxIdleMs);
    this.idle.push({ connection, mails, timer });
  }

  private forget(connection: SmtpConnection): void {
    const place = this.idle.findIndex((one) => one.connection === connection);
    if (place >= 0) clearTimeout(this.idle.splice(place, 1)[0]?.timer);
  }

  private async open(): Promise<SmtpConnection> {
    const { url } = this;
    // Loaded with the first mail: many installations send none.
    const { default: Connection } = await import('nodemailer/lib/smtp-connection');
    const connection = new Connection({
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port === '' ? (url.protocol === 'smtps:' ? 465 : 587) : Number(url.port),
      secure: url.protocol === 'smtps:',
      name: this.helloName,
      connectionTimeout: connectTimeoutMs,
      greetingTimeout: connectTimeoutMs,
      dnsTimeout: connectTimeoutMs,
      socketTimeout: socketTimeoutMs,
      requireTLS: url.searchParams.get('requireTLS') === 'true',
      allowInternalNetworkInterfaces: true,
      // What goes to this machine leaves it not, and its certificates are its own.
      tls: { rejectUnauthorized: !isLoopback(url.hostname) },
    });
    // An error without a listener would end the process; each call reports its own.
    connection.on('error', () => undefined);
    connection.once('end', () => this.forget(connection));
    try {
      await new Promise<void>((resolve, reject) => {
        connection.once('error', reject);
        connection.connect((error) => (error ? reject(error) : resolve()));
      });
      if (url.username !== '') await signIn(connection, url);
      return connection;
    } catch (error) {
      connection.close();
      throw smtpError(error, 'connecting', true);
    }
  }
}

async function signIn(connection: SmtpConnection, url: URL): Promise<void> {
  const credentials = { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) };
  await new Promise<void>((resolve, reject) => {
    connection.once('error', reject);
    connection.login({ credentials }, (error) => (error ? reject(error) : resolve()));
  });
}

/** @throws SmtpError, of the phase `sent` once the whole message had been read from its stream */
async function sendOver(
  connection: SmtpConnection,
  from: string,
  to: string,
  message: Buffer,
): Promise<void> {
  let phase: SmtpFailure['phase'] = 'sending';
  const stream = Readable.from([message]);
  void once(stream, 'end').then(
    () => (phase = 'sent'),
    () => undefined,
  );
  try {
    await new Promise<void>((resolve, reject) => {
      const ended = () => reject(new Error('The connection ended.'));
      const done = (error: unknown) => {
        connection.off('error', done).off('end', ended);
        if (error instanceof Error) reject(error);
        else resolve();
      };
      connection.on('error', done).once('end', ended);
      connection.send({ from, to: [to] }, stream, done);
    });
  } catch (error) {
    throw smtpError(error, phase, false);
  }
}

function smtpError(error: unknown, phase: SmtpFailure['phase'], isAccount: boolean): SmtpError {
  const { responseCode, response, command, rejectedErrors } = error as {
    responseCode?: number;
    response?: string;
    command?: string;
    rejectedErrors?: { responseCode?: number; response?: string; command?: string }[];
  };
  const [rejected] = rejectedErrors ?? [];
  return new SmtpError({
    phase,
    command: rejected?.command ?? command ?? null,
    status: rejected?.responseCode ?? responseCode ?? null,
    response: rejected?.response ?? response ?? '',
    isAccount,
  });
}

export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');
}
