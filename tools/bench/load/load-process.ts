import { answerParent } from '../in-own-process.js';
import { KeepAliveConnection, type HttpAnswer } from './keep-alive-connection.js';
import type { LoadPlan, LoadRequest, LoadResult } from './load.js';

answerParent<LoadPlan, LoadResult>(async (plan) => {
  const requests = plan.requests.map((request) => bytesOf(request, plan.port));
  const load = new Load(plan, requests);
  return load.run();
});

function bytesOf({ method, path, apiKey, idempotencyKey, body }: LoadRequest, port: number): Buffer {
  const text = body === undefined ? '' : JSON.stringify(body);
  const head = [
    `${method} ${path} HTTP/1.1`,
    `host: 127.0.0.1:${port}`,
    ...(apiKey === undefined ? [] : [`authorization: Bearer ${apiKey}`]),
    ...(idempotencyKey === undefined ? [] : [`idempotency-key: ${idempotencyKey}`]),
    ...(body === undefined
      ? []
      : ['content-type: application/json', `content-length: ${Buffer.byteLength(text)}`]),
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${text}`);
}

/** Keeps every connection busy until the requests, or the seconds, are used up. */
class Load {
  private readonly latencies: number[] = [];
  private readonly statuses: Record<number, number> = {};
  private readonly bodies: string[] = [];
  private refusal: string | null = null;
  private taken = 0;
  private endsAt = Infinity;

  constructor(
    private readonly plan: LoadPlan,
    private readonly requests: readonly Buffer[],
  ) {}

  async run(): Promise<LoadResult> {
    const lost = (error: Error): never => {
      throw error;
    };
    const connections = await Promise.all(
      Array.from({ length: this.plan.connections }, () => KeepAliveConnection.open(this.plan.port, lost)),
    );
    const cpuBefore = process.cpuUsage();
    const began = performance.now();
    if (this.plan.seconds !== undefined) this.endsAt = began + this.plan.seconds * 1_000;
    await Promise.all(connections.map((one) => this.keepBusy(one)));
    const seconds = (performance.now() - began) / 1_000;
    const { user, system } = process.cpuUsage(cpuBefore);
    for (const connection of connections) connection.close();
    return this.resultAfter(seconds, (user + system) / 1_000);
  }

  private keepBusy(connection: KeepAliveConnection): Promise<void> {
    return new Promise((resolve) => {
      const next = (): void => {
        const place = this.take();
        const request = place === null ? undefined : this.requests[place];
        if (place === null || request === undefined) {
          resolve();
          return;
        }
        const sentAt = performance.now();
        connection.send(request, (answer) => {
          this.latencies.push(performance.now() - sentAt);
          this.note(answer, place);
          next();
        });
      };
      next();
    });
  }

  private take(): number | null {
    const isOver =
      this.plan.seconds === undefined ? this.taken >= this.requests.length : performance.now() >= this.endsAt;
    if (isOver) return null;
    this.taken += 1;
    return (this.taken - 1) % this.requests.length;
  }

  private note({ status, bytes, bodyAt }: HttpAnswer, place: number): void {
    this.statuses[status] = (this.statuses[status] ?? 0) + 1;
    if (this.plan.keepBodies === true) this.bodies[place] = bytes.toString('utf8', bodyAt);
    if (status >= 300) this.refusal ??= bytes.toString('utf8');
  }

  private resultAfter(seconds: number, cpuMs: number): LoadResult {
    const sorted = Float64Array.from(this.latencies).sort();
    const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
    const answers = sorted.length;
    const { statuses, refusal, bodies } = this;
    const times = { p50Ms: at(0.5), p99Ms: at(0.99), longestMs: at(1) };
    return { answers, seconds, perSecond: answers / seconds, ...times, statuses, refusal, bodies, cpuMs };
  }
}
