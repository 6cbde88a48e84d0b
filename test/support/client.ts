import { randomInt, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { usccWithCheck } from '#reference-data';

/** One HTTP answer as a client of the API sees it. */
export interface Answer {
  status: number;
  headers: Headers;
  // oxlint-disable-next-line typescript/no-explicit-any -- A client that knows the API by its page alone has no types.
  body: any;
}

/** How often, and after which pause, a request is repeated that the API can't answer now, in milliseconds. */
const repeats = { max: 5, pauseMs: 1_000 };

/** A caller of the public API: knows the URL and, maybe, a key or the cookie of a sign-in. */
export class ApiClient {
  /**
   * Whether requests are repeated that are answered with 503, as its Retry-After asks for. On a busy machine a service can
   * wait for its database longer than it may; a test that is about something else sets this.
   */
  static isPatient = false;

  constructor(
    readonly url: string,
    readonly apiKey?: string,
    readonly cookie?: string,
  ) {}

  /** The same system, asked with another key. */
  with(apiKey: string): ApiClient {
    return new ApiClient(this.url, apiKey);
  }

  /** The same system, asked by a browser that is signed in. */
  withCookie(cookie: string): ApiClient {
    return new ApiClient(this.url, undefined, cookie);
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send('GET', path, undefined, headers);
  }

  post(path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send('POST', path, body, headers);
  }

  patch(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send('PATCH', path, body, headers);
  }

  put(path: string, body: unknown): Promise<Answer> {
    return this.send('PUT', path, body);
  }

  delete(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send('DELETE', path, undefined, headers);
  }

  async send(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    let answer = await this.sendOnce(method, path, body, headers);
    for (let count = 0; ApiClient.isPatient && answer.status === 503 && count < repeats.max; count += 1) {
      await pause(repeats.pauseMs);
      answer = await this.sendOnce(method, path, body, headers);
    }
    return answer;
  }

  private async sendOnce(
    method: string,
    path: string,
    body: unknown,
    headers: Record<string, string>,
  ): Promise<Answer> {
    const response = await fetch(this.url + path, {
      method,
      headers: {
        ...(this.apiKey === undefined ? {} : { authorization: `Bearer ${this.apiKey}` }),
        ...(this.cookie === undefined ? {} : { cookie: this.cookie, origin: new URL(this.url).origin }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const isStream = response.headers.get('content-type') === 'text/event-stream';
    // A stream of events has no end: the answer is that it began.
    if (isStream) await response.body?.cancel();
    const text = isStream ? '' : await response.text();
    const json = /json/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, headers: response.headers, body: json ? JSON.parse(text) : text };
  }
}

/** Sends and expects a success: for the steps that only prepare what a test is about. */
export async function must(answer: Promise<Answer>): Promise<Answer['body']> {
  const { status, body } = await answer;
  if (status >= 300) throw new Error(`Expected a success, got ${status}: ${JSON.stringify(body)}`);
  return body;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** The hour in which a test file began: its later calls mean the same instants, though the clock strikes meanwhile. */
const thisHour = Math.floor(Date.now() / hourMs) * hourMs;

/** An instant so many days from now, on the full hour; the same for the same arguments in one test file. */
export function inDays(days: number, hours = 0): string {
  const ms = thisHour + days * dayMs + hours * hourMs;
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}

/** A stop whose registration is open and that begins in 30 days; single fields can be set. */
export function aStop(over: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    name: { zh: '成都站', en: 'Chengdu' },
    city: { code: '510100' },
    venue: { name: { zh: '会议中心' } },
    timeZone: 'Asia/Shanghai',
    startsAt: inDays(30),
    endsAt: inDays(30, 9),
    capacity: 10,
    rooms: [
      { name: { zh: '主会场' }, seats: 5 },
      { name: { zh: '分会场' }, seats: 2 },
    ],
    ...over,
    registration: { opensAt: inDays(-1), closesAt: inDays(29), ...(over['registration'] as object) },
  };
}

/** The symbols of credit codes. */
const usccSymbols = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/**
 * A valid credit code that nobody had before. Hundreds of companies of all test files meet in one system: with digits
 * alone, two of them would have one code in one of a hundred runs.
 */
export function newUscc(): string {
  const own = Array.from({ length: 7 }, () => usccSymbols.charAt(randomInt(usccSymbols.length)));
  return usccWithCheck(`91510100MA${own.join('')}`);
}

export interface SignedUp {
  id: string;
  api: ApiClient;
}

/** Signs a numbered example company up and gives its client. */
export async function signUpCompany(api: ApiClient, number = randomInt(1_000_000)): Promise<SignedUp> {
  const draft = {
    name: { zh: `示例企业 ${number}`, en: `Example Company ${number}` },
    uscc: newUscc(),
    contact: { name: '联系人', email: `contact-${number}@example.com`, mobile: '13800138000' },
  };
  const { company, apiKey } = await must(new ApiClient(api.url).post('/v1/companies', draft));
  return { id: company.id, api: api.with(apiKey) };
}

/** A delegation of so many numbered delegates, each with an address of its own. */
export function delegates(count: number): { name: string; email: string }[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `示例代表 ${index + 1}`,
    email: `d${index + 1}-${randomUUID().slice(0, 8)}@example.com`,
  }));
}

/** A tour with one published stop. */
export async function publishedStop(
  organizer: ApiClient,
  over: Record<string, unknown> = {},
): Promise<Answer['body']> {
  const tour = await must(organizer.post('/v1/tours', { name: { zh: '炼金工坊生态行' } }));
  const stop = await must(organizer.post(`/v1/tours/${tour.id}/stops`, aStop(over)));
  return must(organizer.post(`/v1/stops/${stop.id}/publish`));
}

/** A proposal with one speaker. */
export function aSession(over: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    title: { zh: '高质量数据集的建设' },
    kind: 'sharing',
    durationMinutes: 30,
    speakers: [{ name: '示例讲者', email: `speaker-${randomUUID().slice(0, 8)}@example.com` }],
    ...over,
  };
}
