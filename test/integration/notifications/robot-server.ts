import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { BotKind } from '#contracts';

/** A message as it arrived, and what is wrong with it by the provider's rules. */
export interface RobotMessage {
  readonly kind: BotKind;
  readonly robot: string;
  readonly atMs: number;
  readonly text: string;
  readonly faults: readonly string[];
}

const maxMarkdownBytes = 4_096;
const maxBodyBytes = 20 * 1_024;
const limits: Readonly<Record<BotKind, number>> = { wecom: 20, dingtalk: 20, feishu: 100 };
const hourMs = 3_600_000;

/**
 * WeCom, DingTalk and Feishu as their pages describe them: checks signatures by its own means, sizes, character sets and
 * the rate, and answers with their error bodies. The robot's name is its key, token or hook.
 */
export class RobotServer {
  readonly messages: RobotMessage[] = [];
  readonly secrets = new Map<string, string>();
  /** Answers instead of the usual one, for the next messages of a robot. */
  readonly answers = new Map<string, object[]>();

  private constructor(
    private readonly server: Server,
    readonly host: string,
  ) {}

  static async start(): Promise<RobotServer> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('The robots have no port.');
    const robots = new RobotServer(server, `127.0.0.1:${address.port}`);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const answer = robots.take(request, Buffer.concat(chunks));
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
      });
    });
    return robots;
  }

  urlOf(kind: BotKind, robot: string): string {
    if (kind === 'wecom') return `http://${this.host}/cgi-bin/webhook/send?key=${robot}`;
    if (kind === 'dingtalk') return `http://${this.host}/robot/send?access_token=${robot}`;
    return `http://${this.host}/open-apis/bot/v2/hook/${robot}`;
  }

  of(robot: string): RobotMessage[] {
    return this.messages.filter((one) => one.robot === robot);
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private take(request: IncomingMessage, bytes: Buffer): object {
    const url = new URL(request.url ?? '', `http://${this.host}`);
    const kind = url.pathname.startsWith('/cgi-bin')
      ? 'wecom'
      : url.pathname.startsWith('/robot')
        ? 'dingtalk'
        : 'feishu';
    const robot =
      url.searchParams.get('key') ??
      url.searchParams.get('access_token') ??
      url.pathname.split('/').at(-1) ??
      '';
    const text = new TextDecoder('utf8', { fatal: true }).decode(bytes);
    const body = JSON.parse(text) as Record<string, never>;
    const faults = [
      ...(bytes.length > maxBodyBytes ? ['the body is too large'] : []),
      ...(Buffer.byteLength(textOf(kind, body)) > maxMarkdownBytes ? ['the text is too long'] : []),
      ...(request.headers['content-type']?.startsWith('application/json') ? [] : ['it is not JSON']),
      ...this.signatureFaults(kind, robot, url, body),
    ];
    const atMs = Date.now();
    const recent = this.of(robot).filter((one) => atMs - one.atMs < 60_000).length + 1;
    if (recent > limits[kind]) faults.push('too many in a minute');
    this.messages.push({ kind, robot, atMs, text: textOf(kind, body), faults });
    const given = this.answers.get(robot)?.shift();
    return given ?? answerTo(kind, faults);
  }

  private signatureFaults(
    kind: BotKind,
    robot: string,
    url: URL,
    body: { timestamp?: string; sign?: string },
  ): string[] {
    const secret = this.secrets.get(robot);
    if (secret === undefined || kind === 'wecom') return [];
    const [timestamp, sign] =
      kind === 'dingtalk'
        ? [url.searchParams.get('timestamp'), url.searchParams.get('sign')]
        : [body.timestamp, body.sign];
    const ms = Number(timestamp) * (kind === 'dingtalk' ? 1 : 1_000);
    if (Math.abs(Date.now() - ms) > hourMs) return ['the time is off'];
    const text = `${timestamp}\n${secret}`;
    const expected =
      kind === 'dingtalk'
        ? createHmac('sha256', secret).update(text, 'utf8').digest('base64')
        : createHmac('sha256', Buffer.from(text, 'utf8')).update(Buffer.alloc(0)).digest('base64');
    return sign === expected ? [] : ['the signature is wrong'];
  }
}

function answerTo(kind: BotKind, faults: readonly string[]): object {
  const [fault] = faults;
  if (kind === 'feishu')
    return fault === undefined ? { code: 0, msg: 'success' } : { code: 19021, msg: fault };
  return fault === undefined ? { errcode: 0, errmsg: 'ok' } : { errcode: 310000, errmsg: fault };
}

interface Body {
  markdown?: { content?: string; text?: string };
  card?: { elements?: { content?: string }[] };
}

function textOf(kind: BotKind, { markdown, card }: Body): string {
  if (kind === 'wecom') return markdown?.content ?? '';
  if (kind === 'dingtalk') return markdown?.text ?? '';
  return card?.elements?.map(({ content }) => content ?? '').join('\n') ?? '';
}
