import { randomInt, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { usccWithCheck } from '#reference-data';
import { ApiClient, aSession, delegates, type Answer } from '../support/client.js';

/** A registration that was acknowledged with 201, and the company's later cancelling where that was acknowledged. */
export interface Acknowledged {
  readonly id: string;
  readonly stopId: string;
  readonly companyId: string;
  readonly seats: number;
  readonly status: string;
  cancelled: boolean;
}

export interface Company {
  readonly id: string;
  readonly apiKey: string;
}

/** What a client saw that no user should see. */
export interface Oddity {
  readonly what: string;
  readonly answer: string;
}

export interface LoadOptions {
  /** One address of the API or several: a client whose gateway is gone goes to the next. */
  readonly urls: readonly string[];
  readonly stopIds: readonly string[];
  readonly workers?: number;
  /** Whether answers of 503 and lost connections are repeated; without it they are oddities. */
  readonly retries?: boolean;
}

const pauseMs = 50;
/** A client gives an answer up after this: services have 3 s, and the machine of a test may be slow. */
const patienceMs = 15_000;
/** A request that is not acknowledged after so many tries, half a minute and more, counts as lost. */
const triesAtMost = 1_500;

/**
 * Companies that sign up, register, propose a session and sometimes cancel, each step with a key and repeated until it
 * is acknowledged. What was acknowledged is remembered, to be looked for afterwards.
 */
export class Load {
  readonly acknowledged: Acknowledged[] = [];
  readonly sessions: { id: string; companyId: string }[] = [];
  readonly companies: string[] = [];
  readonly oddities: Oddity[] = [];
  /** How long answers of 503 took, in milliseconds. */
  readonly refusalsMs: number[] = [];
  requests = 0;
  lostConnections = 0;
  private readonly workers: Promise<void>[];
  private stopped = false;
  private turn = 0;

  constructor(private readonly options: LoadOptions) {
    this.workers = Array.from({ length: options.workers ?? 6 }, (_, index) => this.work(index));
  }

  /** Lets each worker finish what it has begun: nothing is left whose answer nobody knows. */
  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all(this.workers);
  }

  /** Resolves when so many more registrations were acknowledged. */
  async more(count: number, withinMs = 120_000): Promise<void> {
    const aim = this.acknowledged.length + count;
    const deadline = Date.now() + withinMs;
    while (this.acknowledged.length < aim) {
      if (Date.now() > deadline)
        throw new Error(`${aim - this.acknowledged.length} registrations are missing.`);
      await sleep(20);
    }
  }

  /** Whether it has workers of its own; else the test makes each request. */
  get runsByItself(): boolean {
    return this.workers.length > 0;
  }

  get stopIds(): readonly string[] {
    return this.options.stopIds;
  }

  get slowestRefusalMs(): number {
    return Math.round(Math.max(0, ...this.refusalsMs));
  }

  private async work(worker: number): Promise<void> {
    for (let round = worker; !this.stopped; round += 1) await this.oneCompany(round);
  }

  /** Signs a company up. @returns undefined where that was refused, which is odd */
  async signUp(): Promise<Company | undefined> {
    const answer = await this.post(undefined, '/v1/companies', aCompany());
    if (answer === undefined) return undefined;
    const { company, apiKey } = answer as { company: { id: string }; apiKey: string };
    this.companies.push(company.id);
    return { id: company.id, apiKey };
  }

  async register(
    { id: companyId, apiKey }: Company,
    stopId: string,
    seats: number,
  ): Promise<Acknowledged | undefined> {
    const body = { delegates: delegates(seats) };
    const answer = await this.post(apiKey, `/v1/stops/${stopId}/registrations`, body);
    if (answer === undefined) return undefined;
    const { id, status } = answer as { id: string; status: string };
    const made = { id, stopId, companyId, seats, status, cancelled: false };
    this.acknowledged.push(made);
    return made;
  }

  private async oneCompany(round: number): Promise<void> {
    const company = await this.signUp();
    if (company === undefined) return;
    const stopId = this.options.stopIds[round % this.options.stopIds.length] ?? '';
    const made = await this.register(company, stopId, 1 + (round % 3));
    if (made === undefined) return;
    if (round % 4 === 0) await this.propose(company, stopId);
    if (round % 3 === 0)
      made.cancelled = (await this.post(company.apiKey, `/v1/registrations/${made.id}/cancel`)) !== undefined;
  }

  private async propose({ id: companyId, apiKey }: Company, stopId: string): Promise<void> {
    const session = await this.post(apiKey, `/v1/stops/${stopId}/sessions`, aSession());
    if (session !== undefined) this.sessions.push({ id: String(session['id']), companyId });
  }

  /** Repeats with one key until the request is acknowledged. @returns undefined where it was refused, which is odd */
  private async post(
    apiKey: string | undefined,
    path: string,
    body?: unknown,
  ): Promise<Record<string, unknown> | undefined> {
    const headers = { 'idempotency-key': randomUUID() };
    for (let tries = 0; tries < triesAtMost; tries += 1) {
      const answer = await this.send(apiKey, path, body, headers);
      if (answer !== undefined && answer.status < 300) return answer.body as Record<string, unknown>;
      if (answer !== undefined && answer.status !== 503) return this.note(path, answer);
      if (this.options.retries === false) return this.note(path, answer);
      await sleep(pauseMs);
    }
    return this.note(`${path}, tried ${triesAtMost} times`, undefined);
  }

  private async send(
    apiKey: string | undefined,
    path: string,
    body: unknown,
    headers: Record<string, string>,
  ): Promise<Answer | undefined> {
    const url = this.options.urls[this.turn % this.options.urls.length] ?? '';
    const began = performance.now();
    this.requests += 1;
    try {
      const answer = await within(patienceMs, new ApiClient(url, apiKey).post(path, body, headers));
      if (answer.status === 503) {
        this.refusalsMs.push(performance.now() - began);
        if (answer.headers.get('retry-after') === null) this.note(`${path} without Retry-After`, answer);
      }
      return answer;
    } catch {
      this.lostConnections += 1;
      this.turn += 1;
      return undefined;
    }
  }

  private note(what: string, answer: Answer | undefined): undefined {
    const text = answer === undefined ? 'no answer' : `${answer.status} ${JSON.stringify(answer.body)}`;
    this.oddities.push({ what, answer: text });
    return undefined;
  }
}

let numbered = randomInt(5_000_000);

/** A company that nobody has signed up before: numbers drawn at random would meet among thousands. */
export function aCompany(): Record<string, unknown> {
  numbered += 1;
  return {
    name: { zh: `示例企业 ${numbered}`, en: `Example Company ${numbered}` },
    uscc: usccWithCheck(`91510100MA${String(numbered).padStart(7, '0')}`),
    contact: { name: '联系人', email: `contact-${numbered}@example.com` },
  };
}

async function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('No answer in time.')), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
