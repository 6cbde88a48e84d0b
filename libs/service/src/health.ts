import { createServer, type Server } from 'node:http';
import { metrics } from './metrics.js';

/** One thing that a ready process needs; throws or answers false when it is missing. */
export type ReadinessCheck = () => Promise<boolean> | boolean;

/** A check that takes longer than this counts as failed, in milliseconds. */
const checkDeadlineMs = 2_000;

export interface Readiness {
  ready: boolean;
  checks: Record<string, 'ok' | 'failed'>;
}

/** Liveness, readiness and metrics of one process. Liveness says only that its event loop turns. */
export class Health {
  private readonly checks = new Map<string, ReadinessCheck>();
  private draining = false;
  private server: Server | undefined;

  require(name: string, check: ReadinessCheck): void {
    this.checks.set(name, check);
  }

  /** From now on the process is unready, so that nobody sends it new work. */
  startDraining(): void {
    this.draining = true;
  }

  async readiness(): Promise<Readiness> {
    const entries = await Promise.all(
      [...this.checks].map(async ([name, check]) => [name, (await passes(check)) ? 'ok' : 'failed'] as const),
    );
    const checks = Object.fromEntries(entries);
    return { ready: !this.draining && entries.every(([, state]) => state === 'ok'), checks };
  }

  /** Serves `/health/live`, `/health/ready` and `/metrics` on the internal port. */
  async listen(host: string, port: number): Promise<void> {
    const server = createServer((request, response) => {
      void this.answer(request.url ?? '').then(({ status, type, body }) => {
        response.writeHead(status, { 'content-type': type }).end(body);
      });
    });
    this.server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(port, host, resolve);
    });
  }

  close(): void {
    this.server?.close();
    this.server?.closeAllConnections();
  }

  private async answer(url: string): Promise<{ status: number; type: string; body: string }> {
    if (url === '/health/live') return json(200, { status: 'ok' });
    if (url === '/health/ready') {
      const { ready, checks } = await this.readiness();
      return json(ready ? 200 : 503, { status: ready ? 'ok' : 'unavailable', checks });
    }
    if (url === '/metrics') return { status: 200, type: metrics.contentType, body: await metrics.metrics() };
    return json(404, { status: 'not found' });
  }
}

function json(status: number, body: object): { status: number; type: string; body: string } {
  return { status, type: 'application/json', body: JSON.stringify(body) };
}

async function passes(check: ReadinessCheck): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), checkDeadlineMs);
  });
  try {
    return await Promise.race([Promise.resolve(check()).catch(() => false), deadline]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
