import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export interface SunkMail {
  readonly from: string;
  readonly to: string;
  readonly mail: ParsedMail;
  readonly source: string;
  readonly at: number;
}

/** What the server says of a recipient, or of a whole mail: nothing where it takes it. */
export type Refusal = { readonly code: number; readonly text: string } | null;

/** An SMTP server that keeps what it takes; a test says what it refuses. */
export class SmtpSink {
  readonly mails: SunkMail[] = [];
  onRecipient: (address: string) => Refusal = () => null;
  onMail: (address: string) => Refusal | 'hang up' = () => null;
  private server: SMTPServer;

  private constructor(private port: number) {
    this.server = this.make();
  }

  static async start(): Promise<SmtpSink> {
    const sink = new SmtpSink(0);
    await sink.listen();
    return sink;
  }

  get url(): URL {
    return new URL(`smtp://127.0.0.1:${this.port}`);
  }

  to(address: string): SunkMail[] {
    return this.mails.filter((one) => one.to === address);
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  /** After `stop`, on the same port. */
  async resume(): Promise<void> {
    this.server = this.make();
    await this.listen();
  }

  private async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(this.port, '127.0.0.1', resolve));
    this.port = (this.server.server.address() as { port: number }).port;
  }

  private make(): SMTPServer {
    const server = new SMTPServer({
      authOptional: true,
      closeTimeout: 200,
      disabledCommands: ['STARTTLS'],
      onRcptTo: ({ address }, _session, done) => done(asError(this.onRecipient(address))),
      onData: (stream, session, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.once('end', () => void this.take(Buffer.concat(chunks), session, done));
      },
    });
    server.on('error', () => undefined);
    return server;
  }

  private async take(
    source: Buffer,
    session: Parameters<NonNullable<ConstructorParameters<typeof SMTPServer>[0]>['onData'] & object>[1],
    done: (error?: Error | null) => void,
  ): Promise<void> {
    const to = session.envelope.rcptTo[0]?.address ?? '';
    const from = session.envelope.mailFrom === false ? '' : (session.envelope.mailFrom?.address ?? '');
    const refusal = this.onMail(to);
    if (refusal !== null && refusal !== 'hang up') return done(asError(refusal));
    const mail = await simpleParser(source);
    this.mails.push({ from, to, mail, source: source.toString('utf8'), at: Date.now() });
    if (refusal === 'hang up')
      for (const connection of this.server.connections)
        (connection as { _socket?: { destroy(): void } })._socket?.destroy();
    else done();
  }
}

function asError(refusal: Refusal): Error | null {
  return refusal === null ? null : Object.assign(new Error(refusal.text), { responseCode: refusal.code });
}
